import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startDemo } from "./demo.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-demos-"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

test("the demo shows who lies being found out, and leaves nothing behind", async () => {
  const said: string[] = [];
  let hear = (_: string) => {};
  const found = new Promise<void>((resolve) => {
    hear = (line) => {
      if (line.includes("was found out")) resolve();
    };
  });
  const say = (line: string) => {
    said.push(line);
    hear(line);
  };
  const demo = await startDemo({ say, customers: 40, between: 0.3, above: room });
  assert.is(readdirSync(room).length, 1);
  assert.match(
    said.at(-1) ?? "",
    /^watch them at http:\/\/127\.0\.0\.1:\d+\/-\/status; Ctrl-C ends/,
  );
  assert.ok(said.some((line) => /^volunteer charlie: 12 Mbit\/s, who lies/.test(line)));
  const { address } = demo;
  const page = await (await fetch(`${address}-/status`)).text();
  for (const name of ["alpha", "bravo", "charlie"]) assert.ok(page.includes(name), name);
  await found;
  await demo.close();
  await demo.closed;
  assert.equal(readdirSync(room), []);
  assert.not.ok(said.some((line) => line.includes("failed")));
  assert.ok(
    await fetch(address).then(
      () => false,
      () => true,
    ),
  );
});

test.run();
