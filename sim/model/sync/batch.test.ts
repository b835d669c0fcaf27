import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { simulate } from "../simulation.ts";
import { comesAndGoes, logging, tinyRun, tinySystem, tinyWorkload } from "../testing.ts";
import { Batch } from "./batch.ts";
import { fromServer, type Plan, toServer } from "./plan.ts";

function batchOf(...sizes: readonly number[]): Plan {
  const batch = new Batch(3, ({ chunk }, moved) => Math.floor(moved / chunk) * chunk);
  for (const [file, bytes] of sizes.entries()) {
    const wanted = { volunteer: 3, file, missing: bytes, chunk: 10 };
    batch.add(wanted, { upBytes: 5, downBytes: bytes });
  }
  return batch.plan();
}

test("a batch moves its bytes up, then down, and files are whole in their order", () => {
  const { stages, batch, kept } = batchOf(30, 50, 20);
  assert.equal(stages, [[toServer(3, 15)], [fromServer(3, 100)]]);
  assert.is(batch?.files, 3);
  const whole = [0, 29, 30, 79, 80, 100].map((moved) => batch?.whole(moved));
  assert.equal(whole, [0, 0, 1, 1, 2, 3]);
  // Of the first that is not whole, the complete chunks.
  assert.equal(
    [25, 55, 95, 100].map((moved) => kept(moved)),
    [20, 20, 10, 0],
  );
});

/** Files of 100 B with ten digests of 20 B each, so 30 s each at 10 B/s, to be had at 500. */
function story(batch: number, sessions = {}): string[] {
  const log: string[] = [];
  const released = { 0: 400, 1: 400, 2: 400 };
  const workload = tinyWorkload([100, 100, 100], [], { released, window: 2000 });
  const system = tinySystem({ synchronisation: { batch }, volunteers: [sessions] });
  simulate(tinyRun({ system, workload }), logging(log));
  return log.filter((line) => line.includes("volunteer 0"));
}

test("files come one by one without a batch, and up to its size in one go with one", () => {
  const pulled = (log: readonly string[]) => log.filter((line) => line.includes("pulled"));
  assert.equal(pulled(story(0)), [
    "530 volunteer 0 pulled 300 B",
    "560 volunteer 0 pulled 300 B",
    "590 volunteer 0 pulled 300 B",
  ]);
  // A batch ends with the file that makes it full.
  assert.equal(pulled(story(150)), [
    "560 volunteer 0 pulled 600 B",
    "590 volunteer 0 pulled 300 B",
  ]);
  assert.equal(pulled(story(1000)), ["590 volunteer 0 pulled 900 B"]);
});

test("a batch that breaks off keeps its whole files, and no byte is sent twice but of one chunk", () => {
  fc.assert(
    fc.property(fc.integer({ min: 501, max: 620 }), fc.constantFrom(150, 1000), (up, batch) => {
      const log = story(batch, { sessions: comesAndGoes(up, 50) });
      const bytes = log.map((line) => Number(/pulled (\S+) B/.exec(line)?.[1] ?? 0));
      const all = bytes.reduce((sum, each) => sum + each, 0);
      assert.ok(all >= 900 - 1e-6 && all <= 900 + 30, `${all} B: ${log.join("; ")}`);
    }),
  );
});

test.run();
