/** Diagnoses of logs, and of what else has no release. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Ask } from "../../model/testing.ts";
import { asked, asksOf, constant, evidence, experimentWith, REPLAYED, said } from "./testing.ts";

test("volunteers hold everything from the start, and filling them cost nothing", () => {
  const old = () => asked([...asksOf(1000)], false);
  assert.is(
    said("preloaded", evidence(experimentWith([REPLAYED]), undefined, old)),
    "Volunteers hold their files from the start, and it cost nothing to fill them, since all files were " +
      "there before the window: to fill one that holds everything takes 100 B in 1 file; set that " +
      "against what the server is relieved of",
  );
  const changing = { ...old(), changes: { ...old().changes, count: 1 } };
  const changed = evidence(experimentWith([REPLAYED]), undefined, () => changing);
  assert.is(said("preloaded", changed), null, "what changes is fetched");
});

test("all requests of a log come from one address, or most of them", () => {
  const of = (customerOf: (at: number) => number, log = true) => {
    const asks = Array.from({ length: 1000 }, (_, at): Ask => [at * 259, customerOf(at), 0]);
    const workload = asked(asks);
    return evidence(experimentWith(log ? [REPLAYED] : []), undefined, () => workload);
  };
  const meaning =
    "which is one customer with one downlink: were addresses taken out of the log, or does a proxy stand " +
    "before its clients? Delays and visits then are not those of people";
  assert.is(
    said(
      "one-customer",
      of(() => 0),
    ),
    `All 1,000 requests of the log come from one address, ${meaning}`,
  );
  assert.is(
    said(
      "one-customer",
      of((at) => (at < 750 ? 7 : at)),
    ),
    `75.0 % of the 1,000 requests of the log come from one address, ${meaning}`,
  );
  assert.is(
    said(
      "one-customer",
      of((at) => (at < 500 ? 7 : at)),
    ),
    null,
  );
  assert.is(
    said(
      "one-customer",
      of(() => 0, false),
    ),
    null,
    "a release has the customers it is told",
  );
});

test("all requests of a log come at one moment", () => {
  const of = (seconds: number) => {
    const asks = Array.from({ length: 100 }, (_, at): Ask => [9999 + (at * seconds) / 99, at, 0]);
    return evidence(experimentWith([REPLAYED]), undefined, constant(asked(asks)));
  };
  assert.is(
    said("one-moment", of(1)),
    "All 100 requests of the log come within 1.00 s: were times taken out of it? Nothing that has to do " +
      "with time, such as delays, peaks or visits, is that of its server",
  );
  assert.is(said("one-moment", of(1.1)), null);
});

test("replications of a log have the same requests", () => {
  const { experiment, cells } = evidence(experimentWith([REPLAYED]));
  const twice = cells.map((each) => ({ ...each, runs: [...each.runs, ...each.runs] }));
  assert.is(
    said("same-requests", { experiment, cells: twice }),
    "All replications replay the same requests: intervals tell of the chance of policies and machines, " +
      "not of what other days would ask; sim trace fit makes a recipe for those",
  );
  assert.is(
    said("same-requests", { experiment, cells }),
    null,
    "of one run there are no intervals",
  );
});

test.run();
