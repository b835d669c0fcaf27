import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Coordinated } from "../../live/volunteers/coordinated/testing.ts";
import { TOKEN, withDesk } from "../../live/volunteers/testing.ts";
import { fuzzAnnounces } from "./announces.ts";

const ALPHA = { name: "alpha", token: TOKEN };
const limits = { perVolunteer: [1e6, 1e6], perAddress: [1e6, 1e6] } as const;

test("whatever is announced is answered, and what is taken is sound", () => {
  const host = new Coordinated();
  host.plansSync = true;
  return withDesk(
    async (desk) => {
      host.desk = desk;
      for (const path of ["a", "b", "c"]) {
        const file = desk.repository.put(path, Buffer.alloc(10));
        host.coordinator.addFile(file, 10, 0, host.now());
      }
      desk.take("place", 0);
      await desk.register();
      const start = performance.now();
      desk.clock = () => desk.wall + performance.now() - start;
      const statuses = await fuzzAnnounces(500, "seed", desk.port, [ALPHA], desk.wall + 100);
      for (const status of [200, 400, 401]) assert.ok((statuses.get(status) ?? 0) > 25);
      for (const [, number, report] of desk.host.of("announce")) {
        assert.is(number, 0);
        const { uploaded, downloaded, left, completed, dropped } = report as Record<
          string,
          unknown
        >;
        for (const total of [uploaded, downloaded, left]) assert.ok(Number(total) >= 0);
        for (const file of [completed, dropped].flat()) assert.ok([0, 1, 2].includes(Number(file)));
      }
      for (const [, name, , bases] of desk.host.of("register")) {
        assert.is(name, "alpha");
        for (const base of bases as string[]) assert.match(base, /^https?:\/\/[^@?#]+\/$/);
      }
      assert.is(
        (await desk.announce({}, { counter: Math.floor(desk.clock()) + 1000 })).status,
        200,
      );
    },
    { limits },
    undefined,
    host,
  );
});

for (const [what, status, answer, problem] of [
  ["takes everything", 200, "{}", /took what was not signed/],
  ["fails", 500, "{}", /failed: 500/],
  [
    "tells where its code is",
    400,
    '{"errors":["Error\\n    at x.ts:1"]}',
    /told where its code is/,
  ],
  ["tells nothing", 400, '{"errors":[]}', /told no error/],
  ["is no server of ours", 400, "Bad Request", /no JSON/],
] as const) {
  test(`a server that ${what} is found out`, async () => {
    const server = createServer((_, response) => response.writeHead(status).end(answer));
    await new Promise<void>((then) => server.listen(0, "127.0.0.1", then));
    const { port } = server.address() as AddressInfo;
    let told = "";
    await fuzzAnnounces(100, "seed", port, [ALPHA]).catch((error: Error) => {
      told = error.message;
    });
    server.closeAllConnections();
    server.close();
    assert.match(told, problem);
  });
}

test.run();
