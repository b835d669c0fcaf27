import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ScanSummary } from "./scan.ts";
import { CatalogueWatch } from "./watch.ts";

const SUMMARY = { waiting: 0, seconds: 1 } as ScanSummary;

/** A watch whose scans give these, one after another, and whose time tests turn. */
function watched(outcomes: (ScanSummary | Error)[], settle?: number) {
  const waits: number[] = [];
  const errors: unknown[] = [];
  const summaries: ScanSummary[] = [];
  let ring: (() => void) | null = null;
  const watch = new CatalogueWatch({
    catalogue: {
      scan: async () => {
        const outcome = outcomes.shift() ?? SUMMARY;
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    },
    ...{ everySeconds: 300, onError: (error) => errors.push(error) },
    onSummary: (summary) => summaries.push(summary),
    ...(settle === undefined ? {} : { settle }),
    alarm: (seconds, then) => {
      waits.push(seconds);
      ring = then;
      return () => {
        if (ring === then) ring = null;
      };
    },
  });
  const pass = async () => {
    const then = ring;
    ring = null;
    then?.();
    await new Promise(setImmediate);
  };
  return { watch, waits, errors, summaries, pass, isAsleep: () => ring !== null };
}

test("it scans again and again, with the same wait from end to beginning", async () => {
  const { waits, summaries, pass } = watched([]);
  assert.equal([waits, summaries], [[300], []]);
  await pass();
  await pass();
  assert.equal([waits, summaries.length], [[300, 300, 300], 2]);
});

test("rescan looks now, and the wait begins anew", async () => {
  const { watch, waits, isAsleep } = watched([]);
  assert.is(await watch.rescan(), SUMMARY);
  assert.equal(waits, [300, 300]);
  assert.ok(isAsleep());
});

test("where files wait the next comes sooner, but leaves the disk in peace", async () => {
  const waiting = { ...SUMMARY, waiting: 2 };
  const { waits, pass } = watched([
    waiting,
    { ...waiting, seconds: 30 },
    { ...waiting, seconds: 99 },
    SUMMARY,
  ]);
  for (let i = 0; i < 4; i++) await pass();
  assert.equal(waits, [300, 5, 120, 300, 300]);
  const short = watched([waiting], 9);
  await short.pass();
  assert.equal(short.waits, [300, 9]);
});

test("a scan that fails is told, and the next is made nonetheless", async () => {
  const broken = new Error("broken");
  const { watch, waits, errors, summaries, pass } = watched([broken, broken]);
  await pass();
  assert.equal([errors, summaries.length, waits], [[broken], 0, [300, 300]]);
  assert.is(await watch.rescan().catch((error) => error), broken);
  assert.is(errors.length, 1); // Whoever asked has been told.
  await pass();
  assert.is(summaries.length, 1);
});

test("after the end nothing is scanned, and nothing told", async () => {
  const { watch, waits, errors, pass, isAsleep } = watched([new Error("closed")]);
  const scan = pass();
  watch.close();
  await scan;
  assert.equal([errors, waits, isAsleep()], [[], [300], false]);
});

test("real time passes by itself, and keeps nobody from ending", async () => {
  let scans = 0;
  const scan = async () => {
    scans++;
    return SUMMARY;
  };
  const watch = new CatalogueWatch({ catalogue: { scan }, everySeconds: 0.005, onError() {} });
  assert.not(process.getActiveResourcesInfo().includes("Timeout"));
  await new Promise((resolve) => setTimeout(resolve, 60));
  watch.close();
  assert.ok(scans >= 2);
  const before = scans;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.is(scans, before);
});

test.run();
