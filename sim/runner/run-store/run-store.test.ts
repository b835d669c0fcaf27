import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { numberedRuns, variedExperiment } from "../testing.ts";
import { Unfinished } from "../unfinished.ts";
import { entryOf, entryText } from "./entry.ts";
import { explained, openRunStore } from "./run-store.ts";

let folder = "";
test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), "mirrorlab-store-"));
});
test.after.each(() => rmSync(folder, { recursive: true }));

const [{ runs }] = numberedRuns(variedExperiment("{ dispatch: origin-only }"));
const [run, other] = runs;
const KEY = "ab12".padEnd(64, "0");

test("an entry comes back as it was put, also to another process", () => {
  const store = openRunStore(folder);
  assert.is(store.get(KEY), undefined);
  store.put(KEY, run);
  assert.equal(openRunStore(folder).get(KEY), run);
  assert.equal(readdirSync(join(folder, "ab/12")), [`${KEY}.json`]);
  assert.equal(readdirSync(join(folder, "writing")), []);
});

test("an entry is replaced and removed", () => {
  const store = openRunStore(folder);
  store.put(KEY, run);
  store.put(KEY, other);
  assert.equal(store.get(KEY), other);
  store.remove(KEY);
  assert.not.ok(store.has(KEY));
});

test("no changed byte and no cut is believed", () => {
  const text = Buffer.from(entryText(KEY, run));
  const place = fc.integer({ min: 0, max: text.length - 1 });
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(text);
      changed[at] ^= change;
      assert.is(entryOf(KEY, changed.toString("utf8")), null);
      assert.is(entryOf(KEY, text.subarray(0, at).toString("utf8")), null);
    }),
    { seed: 1 },
  );
  assert.equal(entryOf(KEY, text.toString("utf8")), run);
});

test("an entry under another's name is not believed", () => {
  assert.is(entryOf(KEY.replace("ab", "cd"), entryText(KEY, run)), null);
});

test("what ended processes of this machine left is cleared away, and of others' nothing", () => {
  mkdirSync(join(folder, "writing"));
  const [ended, elsewhere] = [`999999999@${hostname()} 0`, "999999999@elsewhere.invalid 0"];
  for (const name of [ended, elsewhere]) writeFileSync(join(folder, "writing", name), "half");
  openRunStore(folder);
  assert.equal(readdirSync(join(folder, "writing")), [elsewhere]);
});

test("a full disk is nobody's fault; an error that is not the disk's stays as it is", () => {
  const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" });
  const thrown = (error: Error) => {
    try {
      explained("store", () => {
        throw error;
      });
    } catch (caught) {
      return caught;
    }
    return undefined;
  };
  assert.instance(thrown(full), Unfinished);
  assert.match(String(thrown(full)), "store: no room is left (ENOSPC)");
  const ours = new TypeError("x");
  assert.is(thrown(ours), ours);
});

test.run();
