import { test } from "uvu";
import * as assert from "uvu/assert";
import { summarise, summaryLine } from "./summary.ts";

const totals = (total: number, passed: number, skipped = 0) =>
  `\n  Total:     ${total}\n  Passed:    ${passed}\n  Skipped:   ${skipped}\n  Duration:  1.00ms\n`;

test("a good run is its counts", () => {
  const summary = summarise(`a.test.ts\n• •   (2 / 2)\n${totals(2, 2)}`, 0);
  assert.equal(summary, { passed: 2, failed: 0, skipped: 0, complaints: [] });
  assert.is(summaryLine(summary), "2 passed, 0 failed");
});

test("skipped tests are told, where there are any", () => {
  const summary = summarise(`a.test.ts\n•   (1 / 1)\n${totals(1, 1, 3)}`, 0);
  assert.is(summaryLine(summary), "1 passed, 0 failed, 3 skipped");
});

test("a failed test is counted once, though uvu also exits with 1", () => {
  const summary = summarise(`a.test.ts\n• ✘   (1 / 2)\n${totals(2, 1)}`, 1);
  assert.is(summaryLine(summary), "1 passed, 1 failed");
  assert.equal(summary.complaints, []);
});

test("a file that ran no test fails, be it without run or without tests", () => {
  const output = `a.test.ts\nb/c.test.ts\n  (0 / 0)\n\nd.test.ts\n•   (1 / 1)\n${totals(1, 1)}`;
  const { failed, complaints } = summarise(output, 0);
  assert.is(failed, 2);
  assert.equal(complaints, [
    "a.test.ts: no test ran; is .run() missing?",
    "b/c.test.ts: no test ran; is .run() missing?",
  ]);
});

test("a hook that throws fails the tests it kept from running, though uvu exits with 0", () => {
  assert.is(summarise(`a.test.ts\n  (0 / 2)\n${totals(2, 0)}`, 0).failed, 2);
});

test("no test at all fails", () => {
  assert.equal(summarise(totals(0, 0), 0).complaints, ["no test ran"]);
  assert.is(summarise(totals(0, 0), 0).failed, 1);
});

test("a run that dies fails, before its summary or after", () => {
  assert.equal(summarise("a.test.ts\n• •", 1).complaints, ["uvu ended without a summary"]);
  const after = summarise(`a.test.ts\n•   (1 / 1)\n${totals(1, 1)}`, null);
  assert.equal(after.complaints, ["uvu ended with a signal"]);
  assert.is(after.failed, 1);
});

test("a summary quoted by a failing test is not uvu's own", () => {
  assert.is(summarise(`a.test.ts\n✘   (0 / 1)\n${totals(9, 9)}${totals(1, 0)}`, 1).failed, 1);
});

test.run();
