/** The same bytes in V8 of Node, in V8 of a browser and in QuickJS, of all that hosts run. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { inEveryEngine } from "./in-every-engine.ts";

/** What is run, each with the least number of lines that it has to put out. */
const SCRIPTS = { "policies.ts": 200, "coordinator.ts": 25 } as const;

for (const [script, least] of Object.entries(SCRIPTS)) {
  test(`${script} puts out the same in every engine`, async () => {
    const { node, quickjs, chromium } = await inEveryEngine(new URL(script, import.meta.url));
    const lines = node.split("\n");
    assert.ok(lines.length >= least, `${lines.length} lines`);
    assert.equal(quickjs.split("\n"), lines);
    if (chromium !== null) assert.equal(chromium.split("\n"), lines);
  });
}

test("a function that engines round differently is seen", async () => {
  const { node, quickjs } = await inEveryEngine(new URL("own-functions.ts", import.meta.url));
  const theirs = quickjs.split("\n");
  const differing = node.split("\n").filter((line, index) => line !== theirs[index]);
  assert.ok(differing.length > 0 && differing.length < 500, `${differing.length} of 1000`);
});

test.run();
