import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InFlightByReport } from "./by-report.ts";
import { near, uploaded } from "./testing.ts";

const ALL = Number.POSITIVE_INFINITY;

/** A volunteer with this claim; each file goes to a customer of its own. */
function inFlightOf(claim: number) {
  const inFlight = new InFlightByReport();
  inFlight.register(0, claim);
  let customers = 0;
  return {
    inFlight,
    load: inFlight.at(0),
    send: (...sizes: readonly number[]) => {
      for (const size of sizes) inFlight.begin(customers++, 0, size, 0, 0);
    },
    /** The volunteer has uploaded so many bytes in the last 10 s, and may say how many it is sending. */
    report: (bytes: number, active?: number) =>
      inFlight.report(
        0,
        { started: false, ...(active !== undefined && { active }) },
        uploaded(bytes, 10, 10),
      ),
  };
}

test("what is redirected counts from the next report on, and time moves nothing between two", () => {
  const { inFlight, load, send, report } = inFlightOf(10);
  assert.equal(inFlight.sources, { reports: true, redirects: false });
  send(100, 300);
  assert.equal([load.transfers, load.ahead(ALL, 5)], [0, 0]);
  report(60); // 30 B each.
  send(50);
  load.refresh(1e6);
  assert.equal([load.transfers, load.foreign], [2, 0]);
  assert.equal([load.ahead(ALL, 10), load.ahead(ALL, 1e6), load.ahead(100, 10)], [340, 340, 170]);
  report(75); // 25 B each.
  assert.equal([load.transfers, load.ahead(ALL, 20)], [3, 45 + 245 + 25]);
});

test("announced bytes are shared equally, so that small transfers end first", () => {
  const { load, send, report } = inFlightOf(100);
  send(40, 10, 20, 300);
  report(4 * 10 + 3 * 10 + 2 * 5); // 10 B each of four, 10 B each of three, 5 B each of two.
  assert.equal([load.transfers, load.ahead(ALL, 0)], [2, 15 + 275]);
  report(2 * 15 + 275);
  assert.equal([load.transfers, load.ahead(ALL, 0)], [0, 0]);
});

test("no more has moved than the volunteer claims to carry", () => {
  const { load, send, report } = inFlightOf(10);
  send(500);
  report(1e9);
  assert.is(load.ahead(ALL, 0), 400);
});

test("when nothing was uploaded for a whole interval, what was in flight before it is over", () => {
  const { load, send, report } = inFlightOf(10);
  send(500, 500);
  report(20);
  send(70);
  report(0);
  assert.equal([load.transfers, load.ahead(ALL, 0)], [1, 70]);
});

test("of a report after which it is not known what was uploaded, nothing is over", () => {
  const { inFlight, load, send, report } = inFlightOf(10);
  send(500);
  report(20);
  send(70);
  inFlight.report(0, { started: false }, null);
  assert.equal([load.transfers, load.ahead(ALL, 0), load.rate], [2, 550, 10]);
  inFlight.report(0, { started: true }, null);
  assert.equal([load.transfers, load.ahead(ALL, 0)], [0, 0]);
});

test("as many are in flight as the volunteer says: others', or those that have most left", () => {
  const { load, send, report } = inFlightOf(10);
  send(100, 200, 300);
  report(0, 2);
  assert.equal([load.transfers, load.foreign, load.ahead(ALL, 0)], [2, 0, 500]);
  report(20, 5);
  assert.equal([load.transfers, load.foreign], [5, 3]);
  assert.equal([load.ahead(ALL, 0), load.ahead(250, 0)], [480, 190 + 250 + 3 * 250]);
  report(20, 0);
  assert.equal([load.transfers, load.foreign], [0, 0]);
});

test("a volunteer that was busy at both ends of an interval has shown its rate", () => {
  const { inFlight, load, send, report } = inFlightOf(100);
  send(1000);
  report(60);
  assert.is(load.rate, 100); // It may have been idle at first.
  report(80);
  assert.is(load.rate, 8);
  report(860); // It sent faster than that, though it is idle now.
  assert.equal([load.transfers, load.rate], [0, 86]);
  report(5);
  assert.is(load.rate, 86);
  send(10_000);
  report(5);
  report(2);
  assert.is(load.rate, 1); // At least a hundredth of its claim.
  inFlight.register(0, 50); // It claims less: what it has shown stands.
  assert.is(load.rate, 1);
  report(9000);
  assert.is(load.rate, 50);
  inFlight.register(0, 70);
  assert.is(load.rate, 70); // It has shown all that it claimed.
  inFlight.register(0, 20);
  assert.is(load.rate, 20);
});

test("of what is sent and reported, no byte is lost", () => {
  const moves = fc.array(fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constant(null)));
  const property = fc.property(moves, fc.integer({ min: 1, max: 900 }), (all, step) => {
    const { load, send, report } = inFlightOf(1e6);
    let left = 0;
    for (const move of all) {
      if (move !== null) {
        send(move);
        left += move;
        continue;
      }
      report(step);
      left = Math.max(0, left - step);
      near(load.ahead(ALL, 0), left);
    }
  });
  fc.assert(property, { numRuns: 200, seed: 2008 });
});

test("what is saved goes on elsewhere as here, and shares nothing with it", () => {
  const here = inFlightOf(10);
  here.send(100, 300);
  here.report(60, 3);
  here.report(20, 3);
  here.send(50);
  const there = inFlightOf(99);
  there.send(7);
  there.inFlight.load(here.inFlight.save());
  assert.equal(there.inFlight.save(), here.inFlight.save());
  const before = here.inFlight.save();
  there.report(30);
  assert.equal(here.inFlight.save(), before);
  here.report(30);
  assert.equal(there.inFlight.save(), here.inFlight.save());
  const praised: number[] = [];
  there.inFlight.asked(1, 0, 0, (node) => praised.push(node));
  assert.equal(praised, [0]);
});

test.run();
