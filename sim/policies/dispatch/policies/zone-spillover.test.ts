import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, client, dispatchView, known, replay } from "../../testing.ts";
import { split } from "../testing.ts";
import { zoneSpillover } from "./zone-spillover.ts";

/** A holder at a site that so large a share of requests comes from. */
const at = (node: number, site: string, uplink: number, demand: number) => ({
  ...known(node, { site, demand }),
  uplink,
});

// Site a has 2 of 10 MB/s; b has 5, in unequal parts, and c has 3.
const volunteers = [
  ...[at(0, "a", 1e6, 0.5), at(1, "a", 1e6, 0.5), at(2, "b", 4e6, 0.4), at(3, "b", 1e6, 0.4)],
  ...[at(4, "c", 2e6, 0.1), at(5, "c", 1e6, 0.1), candidate(6, { belief: "stale" })],
];
const view = (demand: number, all = volunteers) =>
  dispatchView(all, { client: client({ site: "a", demand }) });
const { decide } = bind(zoneSpillover);

test("a site whose share of requests is no more than its share of uplinks keeps them", () => {
  assert.equal(split(bind(zoneSpillover), view(0.2), 4), [2, 2, 0, 0, 0, 0, 0]);
  assert.equal(decide(view(0), replay([0.9])), { to: 1, reason: "same site" });
});

test("what exceeds it goes to sites by what they have more than they ask for, there by uplink", () => {
  // Of half of all requests 0.2/0.5 stay. The others go to b by 0.5 − 0.4 and to c by 0.3 − 0.1.
  assert.equal(decide(view(0.5), replay([0.39, 0.9])), { to: 1, reason: "same site" });
  const elsewhere = Array.from({ length: 45 }, (_, part) =>
    decide(view(0.5), replay([0.41, (part + 0.5) / 45])),
  );
  const times = volunteers.map((_, i) => elsewhere.filter(({ to }) => to === i).length);
  assert.equal(times, [0, 0, 12, 3, 20, 10, 0]);
  assert.is(elsewhere[0].reason, "elsewhere");
});

test("a site that asks for more than it has gets nothing from others", () => {
  const busy = volunteers.map((it) =>
    it.facts.site === "b" ? { ...it, facts: { ...it.facts, demand: 0.6 } } : it,
  );
  const times = Array.from({ length: 30 }, (_, part) =>
    decide(view(0.5, busy), replay([0.41, (part + 0.5) / 30])),
  );
  assert.equal([...new Set(times.map(({ to }) => to))], [4, 5]);
});

test("what is sent elsewhere does not come back, and nothing goes where there is no uplink", () => {
  // Nothing is told of what a asks for; d has a volunteer, which does not send.
  const unknown = volunteers.map((it) =>
    it.facts.site === "a" ? { ...it, facts: { ...it.facts, demand: 0 } } : it,
  );
  const some = [...unknown, at(7, "d", 0, 0)];
  const times = Array.from({ length: 45 }, (_, part) =>
    decide(view(0.5, some), replay([0.41, (part + 0.5) / 45])),
  );
  assert.equal([...new Set(times.map(({ to }) => to))], [2, 3, 4, 5]);
});

test("where nobody has a surplus, all are drawn by uplink", () => {
  const none = volunteers.map((it) => ({ ...it, facts: { ...it.facts, demand: 1 } }));
  const times = Array.from({ length: 10 }, (_, part) =>
    decide(view(1, none), replay([0.9, (part + 0.5) / 10])),
  );
  assert.equal(
    times.map(({ to }) => to),
    [0, 1, 2, 2, 2, 2, 3, 4, 4, 5],
  );
});

test("a customer without a holder at its site is sent elsewhere", () => {
  const others = [...volunteers.slice(2), at(7, "b", 1e6, 0.4), at(8, "d", 1e6, 0)];
  // b has 6 of 10 MB/s and asks for 0.4, c 3 and 0.1, d 1 and none: 0.2, 0.2 and 0.1.
  assert.equal(split(bind(zoneSpillover), view(0.5, others), 150), [40, 10, 40, 20, 0, 10, 30]);
});

test("sites are not heeded without one, where all are at one, or among few", () => {
  const reason = (all: typeof volunteers, site = "a") =>
    decide(dispatchView(all, { client: client({ site, demand: 1 }) }), replay([0.5])).reason;
  assert.is(reason(volunteers, ""), "sites not heeded");
  assert.is(
    reason(volunteers.map((it) => ({ ...it, facts: volunteers[0].facts }))),
    "sites not heeded",
  );
  assert.is(reason(volunteers.slice(1)), "sites not heeded"); // Five hold it.
  const nowhere = dispatchView(volunteers, { client: client({ demand: 1 }) });
  assert.equal(split(bind(zoneSpillover), nowhere, 10), [1, 1, 4, 1, 2, 1, 0]);
});

test.run();
