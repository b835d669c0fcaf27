import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Hasher } from "./checkpoints.ts";
import { type Difference, finderBetween, finderIn } from "./difference.ts";
import { packEvents, spacing, unpackEvents } from "./events-file.ts";
import { DRAWS, type Moment, Moments } from "./moment.ts";
import { momentsOf, Recorder, type Recording } from "./recording.ts";
import type { Parting } from "./retrace.ts";
import { causeOf, entityOf, momentText } from "./words.ts";

function at(
  time: number,
  kind = "request.arrive",
  subject = time,
  ...notes: Moment["notes"]
): Moment {
  return { time, kind, subject, notes };
}

const START = at(0, "start", 0);
const sent = (value: number) => ({ what: "dispatch", value });
const drew = (value: number) => ({ what: `${DRAWS}dispatch`, value });

function recorded(moments: readonly Moment[]): Recording {
  const recorder = new Recorder();
  for (const moment of moments) recorder.add(moment);
  return recorder.recording();
}

function hashed(moments: readonly Moment[], every: number) {
  const hashes: number[] = [];
  const hasher = new Hasher(every, (hash) => hashes.push(hash));
  for (const moment of moments) hasher.add(moment);
  hasher.end();
  return { every, hashes: Uint32Array.from(hashes) };
}

function exact(then: readonly Moment[], now: readonly Moment[]): Difference {
  const finder = finderIn(recorded(then));
  for (const moment of now) finder.add(moment);
  return finder.end();
}

function coarse(then: readonly Moment[], now: readonly Moment[], every: number): Difference {
  const finder = finderBetween(hashed(then, every));
  for (const moment of now) finder.add(moment);
  return finder.end();
}

test("a tap's words become moments: what is noted and drawn belongs to the event before it", () => {
  const found: Moment[] = [];
  const moments = new Moments((moment) => found.push(moment));
  moments.registered("request.arrive");
  moments.drew("churn");
  moments.fired(1, "request.arrive", 7);
  moments.drew("dispatch");
  moments.drew("dispatch");
  moments.told("asking", 7);
  moments.noted("dispatch", -1);
  moments.end();
  assert.equal(found, [
    at(0, "start", 0, { what: `${DRAWS}churn`, value: 1 }),
    at(1, "request.arrive", 7, { what: "about asking", value: 7 }, sent(-1), drew(2)),
  ]);
  assert.equal(moments.kinds, ["request.arrive"]);
});

const plain = { noNullPrototype: true };
const aNote = fc.record({ what: fc.constantFrom("x", "y"), value: fc.double() }, plain);
const aMoment = fc.record(
  {
    time: fc.double({ noNaN: true }),
    kind: fc.constantFrom("a", "b", "c"),
    subject: fc.integer(),
    notes: fc.array(aNote, { maxLength: 3 }),
  },
  plain,
);
const someMoments = fc.array(aMoment, { maxLength: 20 });

test("a file gives back every bit of the events and of their hashes", () => {
  fc.assert(
    fc.property(someMoments, fc.integer({ min: 1, max: 5 }), (moments, every) => {
      const about = { cell: "c", fingerprint: "f", workload: "w", kinds: ["a", "b", "c"] };
      const all = [
        { ...about, kept: recorded(moments) },
        { ...about, cell: "d", kept: hashed(moments, every) },
      ];
      const read = unpackEvents(packEvents(all));
      assert.equal(read, all);
      assert.equal([...momentsOf(read[0].kept as Recording)], moments);
    }),
    { seed: 6, numRuns: 50 },
  );
});

test("a file that is cut short is none", () => {
  const about = { cell: "c", fingerprint: "f", workload: "w", kinds: [] };
  const packed = packEvents([{ ...about, kept: recorded([START, at(1)]) }]);
  assert.throws(() => unpackEvents(packed.subarray(0, -20)));
});

test("the first that differs is found among all, and the window that holds it among hashes", () => {
  const places = fc.tuple(
    fc.integer({ min: 1, max: 60 }),
    fc.nat(59),
    fc.integer({ min: 1, max: 9 }),
  );
  fc.assert(
    fc.property(places, ([events, place, every]) => {
      const then = [START, ...Array.from({ length: events }, (_, i) => at(i))];
      const where = place % events;
      const now = then.map((each, i) => (i > where ? { ...each, time: each.time + 1e-9 } : each));
      const found = exact(then, now);
      assert.ok(found.kind === "event" && found.at === where && found.expected?.time === where);
      const window = coarse(then, now, every);
      assert.is(window.kind, "window");
      if (window.kind === "window") {
        assert.ok(window.at <= where && where < window.at + every);
        assert.ok(window.found.some(({ time }) => time === now[where + 1].time));
      }
    }),
    { seed: 6, numRuns: 100 },
  );
});

test("equal runs part nowhere; one that ends early or goes on parts at its end", () => {
  const all = [START, at(1), at(2)];
  assert.is(exact(all, all).kind, "none");
  assert.is(coarse(all, all, 2).kind, "none");
  const early = exact(all, all.slice(0, 2));
  assert.ok(early.kind === "event" && early.at === 1 && early.found === null);
  const late = exact(all.slice(0, 2), all);
  assert.ok(late.kind === "event" && late.expected === null && late.found?.time === 2);
  assert.is(coarse(all, all.slice(0, 2), 2).kind, "window");
});

test("random numbers that are only counted do not make an event differ, and are told", () => {
  const then = [START, at(1, "a", 1, drew(1)), at(2, "request.arrive", 2, sent(3))];
  const now = [START, at(1, "a", 1, drew(2)), at(2, "request.arrive", 2, sent(4))];
  const found = exact(then, now);
  assert.ok(found.kind === "event" && found.at === 1 && found.shift?.found.time === 1);
  assert.match(
    cause(found),
    /policy decides otherwise; random numbers are shifted, t = 1 s, a: draws/,
  );
});

function cause(difference: Difference, isSameWorkload = true): string {
  return causeOf({ difference, isSameWorkload, kinds: { gone: [], added: [] } });
}

test("what is told of an event besides does not make it another", () => {
  const more = [START, at(1, "a", 1, { what: "about request", value: 3 })];
  assert.is(exact([START, at(1, "a", 1)], more).kind, "none");
  assert.is(coarse([START, at(1, "a", 1)], more, 1).kind, "none");
});

test("what can be the cause is said", () => {
  const between = (expected: Moment | null, found: Moment | null) =>
    cause({ kind: "event", at: 3, expected, found, shift: null });
  const policy = between(at(1, "a", 1, sent(1)), at(1, "a", 1, sent(2)));
  assert.is(policy, "the dispatch policy decides otherwise");
  assert.match(between(at(1, "volunteer.toggle", 1), at(2, "volunteer.toggle", 1)), /times up/);
  assert.match(between(at(1, "sync.start", 1), at(2, "sync.start", 1)), /synchronisation/);
  assert.match(between(at(1, "network.finish", 0), at(2, "network.finish", 0)), /rates/);
  assert.is(between(at(1, "a", 1), at(1, "b", 1)), "another event comes first");
  assert.is(between(null, at(1)), "the run goes on where it ended");
  assert.is(between(at(1), null), "the run ends before it did");
  assert.match(cause({ kind: "none" }, false), /the workload differs/);
  const kinds: Parting = {
    difference: { kind: "none" },
    isSameWorkload: true,
    kinds: { gone: ["a"], added: ["b"] },
  };
  assert.match(causeOf(kinds), /a gone, b new/);
});

test("an event names time, entity and kind", () => {
  assert.is(momentText(at(1.5, "sync.start", 7)), "t = 1.5 s, sync.start of volunteer 7");
  const owner = { what: "transfer", value: 4 };
  const request = { what: "about request", value: 12 };
  const asking = { what: "about asking", value: 13 };
  assert.is(
    momentText(at(2, "network.finish", 0, owner, request, asking, sent(-1))),
    "t = 2 s, network.finish of request 12, request 13 sent to the server",
  );
  assert.is(entityOf(at(1, "network.finish", 0, { what: "volunteer", value: 3 })), "volunteer 3");
  assert.is(entityOf(at(1, "swarm 0.choke", 2)), "peer 2");
  assert.is(momentText(at(1, "sample", 0)), "t = 1 s, sample");
  assert.is(momentText(START), "before the first event");
  assert.match(momentText(null), /over/);
});

test("few events are kept whole, many as hashes a power of two apart", () => {
  assert.is(spacing(17_000), null);
  const every = spacing(3_000_000);
  assert.is(every, 64);
  assert.ok(3_000_000 / 64 < 48_000);
});

test.run();
