import { test } from "uvu";
import * as assert from "uvu/assert";
import { draws, noise, withDesk, withVolunteer } from "../testing.ts";
import * as kinds from "./testing.ts";

/** Seconds that a probe of a volunteer of this behaviour has taken, or null; and what was asked. */
async function probed(behaviour: kinds.Behaviour, report: object = {}, firstByte = 10) {
  let asked = "";
  let seconds: unknown;
  await withDesk(
    async (desk) => {
      desk.repository.put("a b", noise(10));
      desk.repository.put("c", noise(10));
      desk.repository.remove(desk.repository.put("gone", noise(10)));
      await withVolunteer(
        (request, response) => {
          asked = `${request.method} ${request.url} ${request.headers.range}`;
          behaviour(noise(10), request, response);
        },
        async (base) => {
          await desk.register({ urls: [base] });
          await desk.announce(report);
          desk.take("probe", 0);
          desk.take("probe", 0); // While one is under way.
          await desk.host.until(1);
        },
      );
      assert.is(desk.host.of("probed").length, 1);
      [[, , seconds]] = desk.host.of("probed");
      const counts = seconds === null ? [0, 1] : [1, 0];
      assert.equal(Object.values(desk.desk.counts.probes), counts);
    },
    { audits: { firstByte } },
    draws(0),
  );
  return { asked, seconds };
}

for (const [what, report, path] of [
  ["what it has completed last", { completed: ["c", "a b"] }, "/a%20b"],
  ["the newest that it holds", { holds: { manifest: 4 } }, "/c"],
  ["its address where nothing is known", {}, "/"],
  ["its address when it has dropped that", { completed: ["c"], dropped: ["c"] }, "/"],
] as const) {
  test(`a volunteer is asked for a byte of ${what}`, async () => {
    const { asked, seconds } = await probed(kinds.good, report);
    assert.is(asked, `GET ${path} bytes=0-0`);
    assert.ok(typeof seconds === "number" && seconds > 0 && seconds < 10);
  });
}

for (const status of [200, 302, 404]) {
  test(`a volunteer that answers ${status} is there`, async () => {
    assert.type((await probed(kinds.withStatus(status))).seconds, "number");
  });
}

for (const [kind, behaviour] of [
  ["is busy (503)", kinds.withStatus(503)],
  ["is asked too often (429)", kinds.withStatus(429)],
  ["hangs", kinds.hanging],
  ["closes", (_, { socket }) => socket.destroy()],
] as readonly [string, kinds.Behaviour][]) {
  test(`a volunteer that ${kind} has not answered`, async () => {
    assert.is((await probed(behaviour, {}, 0.1)).seconds, null);
  });
}

test("a volunteer without an address has not answered; a closed desk tells nothing", () =>
  withDesk(async (desk) => {
    desk.take("probe", 0);
    await desk.host.until(1);
    assert.equal(desk.host.of("probed"), [["probed", 0, null]]);
    desk.take("probe", 0);
    await desk.host.until(2);
    desk.take("probe", 0);
    desk.desk.close();
    await new Promise((then) => setTimeout(then, 10));
    assert.is(desk.host.of("probed").length, 2);
  }));

test.run();
