import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { codeDigest } from "./code-digest.ts";
import { modulesDigest } from "./modules-digest.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-modules-"));
});
test.after.each(() => rmSync(room, { recursive: true }));

/** The digest of `a.js` among these files. */
function digest(files: Readonly<Record<string, string>>, folder = "one"): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(room, folder, name, ".."), { recursive: true });
    writeFileSync(join(room, folder, name), text);
  }
  return modulesDigest(join(room, folder, "a.js"));
}

const FILES = {
  "a.js": 'import { b } from "./lib/b.js"; import "left"; import "node:fs"; export { b };',
  "lib/b.js": 'const c = () => import("./c.js"); export const b = [c, "./none.js"];',
  "lib/c.js": 'import "../a.js";', // A circle.
  "node_modules/left/package.json": '{ "version": "1.0.0" }',
};

test("it is the same wherever the modules lie", () => {
  assert.is(digest(FILES), digest(FILES, "two"));
});

test("it changes with every module that is reached and with the versions of packages", () => {
  const before = digest(FILES);
  assert.is.not(digest({ ...FILES, "lib/c.js": 'import "../a.js"; 1;' }), before);
  assert.is.not(
    digest({ ...FILES, "node_modules/left/package.json": '{ "version": "1.0.1" }' }),
    before,
  );
  assert.is(digest({ ...FILES, "lib/unused.js": "1" }), before);
});

test("the code that runs experiments has a digest", () => {
  assert.match(codeDigest(), /^[0-9a-f]{64}$/);
});

test.run();
