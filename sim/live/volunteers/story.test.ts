/** The desk with a coordinator behind it: from a registration to the end of a liar. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { lyingAt } from "./audit/testing.ts";
import { Coordinated } from "./coordinated/testing.ts";
import type { Command } from "./protocol/schemas.ts";
import { noise, type OpenDesk, withDesk, withVolunteer } from "./testing.ts";

const example = fileURLToPath(new URL("../../../examples/announce.js", import.meta.url));
const { obey } = await import(example);

const BYTES = noise(100_000);
const TOKENS = [
  { name: "alpha", token: "token of alpha" },
  { name: "liar", token: "token of the liar" },
];
const LIAR = TOKENS[1];
const TOTALS = { uploaded: 0, downloaded: 0, left: 0 };

test("a volunteer fetches what it is told, serves it and is audited; a liar is sent nobody again", async () => {
  const host = new Coordinated();
  let folder = "";
  await withVolunteer(
    (_, response) => response.end(BYTES),
    (server) =>
      withVolunteer(
        (request, response) => response.end(readFileSync(join(folder, request.url ?? ""))),
        (honest) =>
          withVolunteer(
            (...args) => lyingAt(99_990)(BYTES, ...args),
            (lying) =>
              withDesk(
                async (desk) => {
                  host.desk = desk;
                  folder = join(desk.repository.folder, "mirror");
                  await story(desk, host, folder, honest, lying);
                },
                { base: server, volunteers: TOKENS },
                undefined,
                host,
              ),
          ),
      ),
  );
});

async function story(
  desk: OpenDesk,
  host: Coordinated,
  folder: string,
  honest: string,
  lying: string,
): Promise<void> {
  const { repository } = desk;
  await desk.register({ urls: [honest] });
  await desk.announce({ started: true, holds: { paths: [] } });
  const file = repository.put("pool/a", BYTES);
  host.coordinator.addFile(file, BYTES.length, Number.NEGATIVE_INFINITY, host.now());
  const size = repository.size(file);
  assert.is(host.ask(1, file, size), -1, "nobody has it yet");
  host.time += 10;
  const { answer } = await desk.announce();
  const [command] = answer.commands as [Command & { do: "fetch" }];
  assert.is(command.path, "pool/a");
  const { completed } = await obey(command, folder);
  await desk.announce({ completed });
  assert.is(host.ask(2, file, size), 0);
  await host.until(1);
  assert.is(host.of("audited")[0][3], "passed");

  await desk.send("/-/volunteers", { urls: [lying], uplink: 1e9, covers: [] }, LIAR);
  const manifest = repository.version;
  const lie = { ...TOTALS, started: true, holds: { manifest } };
  assert.is((await desk.send("/-/announce", lie, LIAR)).status, 200);
  let customer = 3;
  while (host.ask(customer++, file, size) !== 1) assert.ok(customer < 50);
  while (host.of("audited").every(([, volunteer]) => volunteer !== 1)) {
    await host.until(host.of("audited").length + 1);
  }
  const about = host.of("audited").find(([, volunteer]) => volunteer === 1);
  assert.equal(about?.slice(2), [file, "failed", "another SHA-256"]);
  assert.is(desk.desk.counts.audits.failed, 1);
  for (let i = 0; i < 50; i++) assert.is(host.ask(100 + i, file, size), 0);
}

test.run();
