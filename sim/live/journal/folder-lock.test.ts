import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { lockFolder } from "./folder-lock.ts";
import { newFolder } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = newFolder();
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

test("a folder has one server; the second is told who the first is", () => {
  const folder = join(room, "state");
  const release = lockFolder(folder);
  assert.throws(
    () => lockFolder(folder),
    (error: Error) =>
      error.message === `${folder}: expected to be its only server; process ${process.pid} is`,
  );
  assert.equal(readdirSync(folder), ["lock"]);
  release();
  assert.equal(readdirSync(folder), []);
  lockFolder(folder)();
});

test("who has ended, or is another process of the same number, holds nothing", () => {
  const { pid } = spawnSync("true");
  for (const owner of [`${pid} 17`, `${process.pid} 17`, "nonsense", ""]) {
    if (owner.startsWith(`${process.pid}`) && !existsSync("/proc/self/stat")) continue;
    writeFileSync(join(room, "lock"), owner);
    const release = lockFolder(room);
    assert.match(readFileSync(join(room, "lock"), "latin1"), new RegExp(`^${process.pid} `));
    release();
    assert.equal(readdirSync(room), []);
  }
});

test("a folder that cannot be made is one clear sentence", () => {
  const file = join(room, "file");
  writeFileSync(file, "");
  assert.throws(
    () => lockFolder(join(file, "state")),
    (error: Error) =>
      error.message === `${file}/state: expected a folder that can be written (ENOTDIR)`,
  );
});

test.run();
