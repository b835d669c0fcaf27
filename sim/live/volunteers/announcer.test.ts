/** The announcers that mirrors run, against a desk. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Report } from "../../coordinator/index.ts";
import type { Command } from "./protocol/schemas.ts";
import { NOW, noise, type OpenDesk, TOKEN, withDesk, withVolunteer } from "./testing.ts";

const example = (name: string) =>
  fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
const { Volunteer, signed, obey } = await import(example("announce.js"));

function alpha(desk: OpenDesk, token = TOKEN, now = () => desk.wall) {
  return new Volunteer({ server: `http://127.0.0.1:${desk.port}`, name: "alpha", token, now });
}

/** Waits till something is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !isSo(); i++) await new Promise((then) => setTimeout(then, 10));
  assert.ok(isSo());
}

function reports(desk: OpenDesk): Report[] {
  return desk.host.of("announce").map(([, , report]) => report as Report);
}

test("the reference announcer registers, announces and hears commands", () =>
  withDesk(async (desk) => {
    const volunteer = alpha(desk);
    const offer = { urls: ["http://alpha.example/"], uplink: 1e6 };
    assert.is((await volunteer.register(offer)).interval, 60);
    desk.take("drop", desk.repository.put("a", noise(3)));
    const { commands } = await volunteer.announce({ uploaded: 1, downloaded: 2, left: 3 });
    assert.equal(commands, [{ id: 1, do: "drop", path: "a" }]);
  }));

test("a clock that is wrong corrects itself, whichever way it is wrong", () =>
  withDesk(async (desk) => {
    for (const clock of [0, NOW - 1e9, NOW + 1e9]) {
      const volunteer = alpha(desk, TOKEN, () => clock);
      desk.wall += 10_000;
      for (let i = 0; i < 2; i++) {
        await volunteer.register({ urls: ["http://alpha.example/"], uplink: 1e6 });
      }
    }
    assert.is(desk.host.of("register").length, 6);
  }));

test("what is refused is thrown, with all that is wrong", () =>
  withDesk(async (desk) => {
    let thrown: unknown;
    await alpha(desk, "guessed")
      .announce({})
      .catch((error: unknown) => {
        thrown = error;
      });
    assert.match(String(thrown), "/-/announce: 401 wrong signature");
    assert.is((thrown as { status: number }).status, 401);
  }));

test("the signature is that of openssl", async () => {
  const { "X-Mirrorlab-Signature": signature } = signed("alpha", "key", "/-/announce", 7, "{}");
  // printf 'POST\n/-/announce\n7\n{}' | openssl dgst -sha256 -hmac key
  assert.is(signature, SIGNATURE);
});

const SIGNATURE = "de1db66645aae77d6632c3705f9cb95c39ec54447838d5b967e58119010b7a3b";

test("files are fetched and checked, and deleted, below the mirror's folder alone", () =>
  withDesk(async (desk) => {
    const bytes = noise(100_000);
    const folder = join(desk.repository.folder, "mirror");
    const file = desk.repository.put("pool/a b", bytes);
    await withVolunteer(
      (_, response) => response.end(bytes),
      async (base) => {
        const sha256 = Buffer.from(desk.repository.sha256(file)).toString("hex");
        const path = "pool/a b";
        const fetch: Command = { id: 0, do: "fetch", path, size: 100_000, sha256, from: [base] };
        assert.equal(await obey({ ...fetch, sha256: "00" }, folder), {});
        assert.not(existsSync(join(folder, path)));
        assert.equal(await obey(fetch, folder), { completed: [path], bytes: 100_000 });
        assert.equal(readFileSync(join(folder, path)), bytes);
        assert.equal(await obey({ do: "drop", path }, folder), { dropped: [path] });
        assert.not(existsSync(join(folder, path)));
        let thrown: unknown;
        await obey({ ...fetch, path: "../../etc/x" }, folder).catch((error: unknown) => {
          thrown = error;
        });
        assert.match(String(thrown), "not below the mirror");
      },
    );
  }));

test("announce.js runs beside a web server, from its start to SIGTERM", () =>
  withVolunteer(
    (request, response) => {
      if (request.url === "/status") {
        response.end("Active connections: 4\nReading: 0 Writing: 4 Waiting: 1\n");
      } else response.end(noise(5000));
    },
    (base) =>
      withDesk((desk) => announcing(desk, base), {
        ...{ base, interval: 0.05 },
        limits: { perVolunteer: [1000, 1000], perAddress: [1000, 1000] },
      }),
  ));

test("announce.js forgets a version that the server does not know any more", () =>
  withDesk(
    async (desk) => {
      const state = desk.repository.folder;
      writeFileSync(join(state, "token"), TOKEN);
      writeFileSync(join(state, "synced"), "7");
      const announcer = spawn(process.execPath, [
        ...[example("announce.js"), "--server", `http://127.0.0.1:${desk.port}`],
        ...["--name", "alpha", "--token-file", join(state, "token"), "--uplink", "1000000"],
        ...["--url", "http://127.0.0.1:9/", "--state", state],
      ]);
      const ended = once(announcer, "exit");
      await until(() => reports(desk).length > 0);
      announcer.kill("SIGTERM");
      await ended;
      assert.equal(reports(desk)[0].holds, { bitmap: new Uint32Array(0) });
      assert.is(desk.desk.counts.refusals.get(400), 1);
    },
    { interval: 0.05 },
  ));

async function announcing(desk: OpenDesk, base: string): Promise<void> {
  const { repository, wall } = desk;
  const start = performance.now();
  desk.clock = () => wall + performance.now() - start;
  const state = repository.folder;
  const mirror = join(state, "mirror");
  mkdirSync(join(mirror, "pool"), { recursive: true });
  const log = join(state, "access.log");
  writeFileSync(log, '1.5 10.0.0.1 200 5 "/repo/kept" "before it was started"\n');
  writeFileSync(join(state, "token"), `${TOKEN}\n`);
  repository.put("kept", noise(10));
  repository.put("changed", noise(10));
  writeFileSync(join(state, "told"), "2");
  repository.put("changed", noise(11));
  for (const path of ["kept", "changed", "own"]) writeFileSync(join(mirror, path), "");
  const file = repository.put("pool/new", noise(5000));
  desk.host.onAnnounce = () => {
    if (reports(desk).length === 1) desk.take("place", file);
  };
  const announcer = spawn(process.execPath, [
    ...[example("announce.js"), "--server", `http://127.0.0.1:${desk.port}`],
    ...["--name", "alpha", "--token-file", join(state, "token"), "--uplink", "1000000"],
    ...["--url", `${base}repo/`, "--status", `${base}status`, "--log", log],
    ...["--state", state, "--folder", mirror],
  ]);
  const ended = once(announcer, "exit");
  await until(() => reports(desk).length > 0);
  appendFileSync(log, '2.5 10.0.0.9 200 900 "/repo/pool/new?x" "apt"\nnonsense\n');
  appendFileSync(log, '3.5 10.0.0.9 404 150 "/repo/kept" "apt"\n9 10.0.0.9 200');
  const heard = () => reports(desk).flatMap(({ receipts = [] }) => receipts);
  await until(() => reports(desk).some(({ completed }) => completed.length > 0));
  await until(() => heard().length === 2);
  announcer.kill("SIGTERM");
  assert.equal(await ended, [0, null]);

  const [first, ...more] = reports(desk);
  assert.equal(first.holds, { bitmap: Uint32Array.of(1) }, "kept, but not what has changed");
  assert.equal([first.started, first.active, first.receipts], [true, 3, []]);
  assert.equal(
    heard().map(({ file, bytes }) => [file, bytes]),
    [
      [file, 900],
      [0, 0],
    ],
  );
  assert.equal(
    more.flatMap(({ completed }) => completed),
    [file],
  );
  assert.ok(more.every(({ started, holds }) => !started && holds === undefined));
  const { uploaded, downloaded, left } = more[more.length - 1];
  assert.equal([uploaded, downloaded, left], [900, 5000, 0]);
  assert.is(desk.host.of("leave").length, 1);
  assert.is(readFileSync(join(state, "told"), "utf8"), "4");
  assert.equal(readFileSync(join(mirror, "pool/new")), noise(5000));
}

test.run();
