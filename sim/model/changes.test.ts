/** What changes in a running system, and what that changes of it. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { apply, Coordinator, type Event } from "../coordinator/index.ts";
import { streams } from "../engine/random.ts";
import { initialCount, volunteersOf } from "./machines.ts";
import { coordinatorSettings } from "./redirectors.ts";
import { type Run, simulate } from "./simulation.ts";
import {
  type Ask,
  changing,
  comesAndGoes,
  DEAF,
  logging,
  namedPolicies,
  type Other,
  successor,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "./testing.ts";

type Tiny = Parameters<typeof tinySystem>[0];

interface Play extends Partial<Pick<Run, "successors" | "onEvent" | "tap">> {
  readonly tiny?: Tiny;
  readonly others: readonly Other[];
  readonly asks?: readonly Ask[];
  readonly dispatch?: string;
  readonly window?: number;
}

/** What happens, a line each, with a file of 100 B that was always there. */
function played({ tiny, others, asks = [], dispatch = "random", window = 2000, ...run }: Play) {
  const log: string[] = [];
  const system = changing(tinySystem(tiny), others);
  const workload = tinyWorkload([100], asks, { window });
  simulate(tinyRun({ system, workload, policies: namedPolicies(dispatch), ...run }), logging(log));
  return log;
}

/** When the first request was served. */
function servedAt(play: Play): number {
  const line = played(play).find((each) => each.includes("request 0 delivered")) ?? "";
  return Number.parseFloat(line);
}

const ASK_AT_0: readonly Ask[] = [[0, 0, 0]];

test("links carry another rate from then on, also for what is under way", () => {
  const of = (others: readonly Other[], tiny: Tiny = {}) =>
    servedAt({ tiny, others, asks: ASK_AT_0 });
  assert.is(of([]), 5); // 100 B at 20 B/s.
  // 40 B by then, and 60 at 5 B/s.
  assert.is(of([{ at: 2, volunteers: [{ uplink: 5 }] }]), 14);
  assert.is(of([{ at: 2, volunteers: [{ shared: 5 }] }], { volunteers: [{ shared: 20 }] }), 14);
  // And back: 5 B in the third second, then 55 at 20 B/s.
  const back = [
    { at: 2, volunteers: [{ uplink: 5 }] },
    { at: 3, volunteers: [{ uplink: 20 }] },
  ];
  assert.is(of(back), 5.75);
  // From the server: 50 B at 10 B/s, 50 at 20.
  const served = { others: [{ at: 5, server: 20 }], asks: ASK_AT_0, dispatch: "origin-only" };
  assert.is(servedAt(served), 7.5);
});

test("synchronisation goes by its new limit and the new downlink", () => {
  const tiny = { server: { ...TINY_SERVER, uplink: 100 }, synchronisation: { rate: 10 } };
  const synced = (others: readonly Other[]) => {
    const system = changing(tinySystem(tiny), others);
    const workload = tinyWorkload([100], [], { released: { 0: 1 } });
    const log: string[] = [];
    simulate(tinyRun({ system, workload }), logging(log));
    return Number.parseFloat(log.find((line) => line.includes("pulled")) ?? "");
  };
  assert.is(synced([]), 530); // 100 B in ten chunks, each with 20 B to check it by, at 10 B/s.
  assert.is(synced([{ at: 504, rate: 20 }]), 517); // 40 B, then 260 at 20 B/s.
  assert.is(synced([{ at: 504, volunteers: [{ downlink: 5 }] }]), 556);
});

test("who leaves says good-bye, and what it was sending breaks off", () => {
  const others = [{ at: 2, volunteers: [{ count: 0 }] }];
  assert.equal(
    played({ others, asks: ASK_AT_0 }),
    [
      "0 request 0 to volunteer 0",
      "2 request 0 gone by volunteer 0 after 40 B",
      "42 request 0 delivered by server after 100 B", // 30 s of waiting, and 10 of the server's.
      "42 request 0 asked at 0 served",
    ].map((line) => line),
  );
  // It announced itself at 0, and would be taken to be there until 150 s.
  assert.is(played({ others, asks: [[50, 0, 0]] })[0], "50 request 0 to server");
});

test("those with the highest numbers of their class leave", () => {
  const tiny = { volunteers: [{ count: 3 }, { count: 1 }] };
  const others = [{ at: 2, volunteers: [{ count: 1 }] }];
  const left: number[] = [];
  const onEvent = (event: Event) => {
    if (event.kind === "left") left.push(event.volunteer);
  };
  played({ tiny, others, onEvent });
  assert.equal(left, [2, 1]);
});

test("who comes is told what to hold at the next look, fetches it at once, and serves", () => {
  const tiny = { volunteers: [{ count: 0 }], placement: { every: 50 } };
  const others = [{ at: 110, volunteers: [{ count: 1 }] }];
  assert.equal(played({ tiny, others, asks: [[400, 0, 0]] }), [
    "180 volunteer 0 pulled 300 B", // From 150 s on, at the 10 B/s of the server.
    "180 volunteer 0 synchronised 1 files in 30 s",
    "400 request 0 to volunteer 0",
    "405 request 0 delivered by volunteer 0 after 100 B",
    "405 request 0 asked at 400 served",
    "1150 volunteer 0 synchronised 0 files in 0 s",
  ]);
});

test("from then on it synchronises and announces at its own times", () => {
  const tiny = { volunteers: [{ count: 0 }], placement: { every: 50 } };
  const times = kindTimes({ tiny, others: [{ at: 110, volunteers: [{ count: 1 }] }] });
  assert.equal(times("sync.start"), [150, 1150]);
  const [first, ...later] = times("tracker.announce");
  assert.ok(first > 110 && first <= 210, `${first}`);
  assert.equal(
    later.map((time) => Math.round(time - first)),
    later.map((_, at) => 100 * (at + 1)),
  );
});

test("who comes back has what it had", () => {
  const others = [
    { at: 10, volunteers: [{ count: 0 }] },
    { at: 20, volunteers: [{ count: 1 }] },
  ];
  const log = played({
    others,
    asks: [
      [15, 0, 0],
      [30, 0, 0],
    ],
  });
  assert.ok(log.includes("15 request 0 to server"));
  assert.ok(log.includes("30 request 1 to volunteer 0"));
});

test("who comes and goes does so once it has come, and only as long as it has not left", () => {
  const tiny = { volunteers: [{ count: 0, sessions: comesAndGoes(30, 20) }] };
  const others = [
    { at: 300, volunteers: [{ count: 1 }] },
    { at: 900, volunteers: [{ count: 0 }] },
  ];
  assert.ok(kindTimes({ tiny, others })("volunteer.toggle")[0] > 300);
  const announced: number[] = [];
  const onEvent = (event: Event) => {
    if (event.kind === "announced") announced.push(event.at);
  };
  played({ tiny, others, onEvent });
  assert.ok(announced.length > 5);
  assert.ok(announced.every((at) => at >= 300 && at < 900));
});

test("other intervals count from the next time on", () => {
  const times = kindTimes({ others: [{ at: 600, interval: 10, every: 200 }] });
  assert.equal(times("sync.start"), [500, 1500, 1700, 1900]);
  const announces = times("tracker.announce");
  const after = announces.filter((time) => time > 600);
  assert.ok(after[0] - (announces.find((time) => time > 500) ?? 0) < 101);
  assert.is(Math.round(after[1] - after[0]), 10);
});

test("volunteers tell of other links with their next announce", () => {
  const told: string[] = [];
  const onEvent = (event: Event) => {
    if (event.kind === "registered") told.push(`offers ${event.offer.uplink}`);
    if (event.kind === "announced") told.push("announces");
  };
  const others = [{ at: 150, volunteers: [{ uplink: 5 }] }];
  played({ others, onEvent, window: 400 });
  assert.equal(told.slice(0, 5), ["offers 20", "announces", "announces", "offers 5", "announces"]);
  assert.is(told.filter((line) => line.startsWith("offers")).length, 2);
});

test("another policy takes over at the moment of the change", () => {
  const asks: readonly Ask[] = [
    [40, 0, 0],
    [60, 0, 0],
  ];
  const log = played({ others: [{ at: 50 }], successors: [successor()], asks });
  assert.ok(log.includes("40 request 0 to volunteer 0"));
  assert.ok(log.includes("60 request 1 to server"));
});

test("the server's coordinator comes to the same again from its events", () => {
  const events: Event[] = [];
  const tiny = { volunteers: [{ count: 2 }, { count: 0 }], placement: { every: 50 } };
  const others = [
    { at: 90, server: 30, volunteers: [{ count: 1, uplink: 10 }, { count: 2 }] },
    { at: 700 },
  ];
  const asks = Array.from({ length: 40 }, (_, i): Ask => [i * 25, i % 3, 0]);
  const onEvent = (event: Event) => events.push(event);
  played({ tiny, others, asks, onEvent, successors: [null, successor()] });
  const chance = streams(1);
  const random = namedPolicies("random");
  const again = new Coordinator({
    settings: coordinatorSettings(tinySystem(tiny)),
    policies: { ...random, dispatch: random.dispatch() },
    chance: { stream: chance, fresh: chance, save: () => null, load() {} },
    pathOf: () => "",
  });
  for (const event of events) {
    const answer = apply(again, event);
    again.actions.take(() => {});
    if (event.kind === "asked") assert.is(answer?.volunteer, event.answer);
  }
  assert.is(again.save().known.uplink, 30);
  assert.is(events.filter(({ kind }) => kind === "dispatch-changed").length, 1);
});

test("those of the start have the first numbers, whoever comes later", () => {
  const system = tinySystem({
    volunteers: [
      { name: "b", count: 1 },
      { name: "a", count: 1 },
    ],
  });
  const later = changing(system, [
    { at: 1, volunteers: [{ count: 2 }, { count: 3 }] },
    { at: 2, volunteers: [{ count: 1 }, { count: 4 }] },
  ]);
  const names = volunteersOf(later).map(({ name }) => name);
  assert.equal(names, ["a 0", "b 0", "a 1", "a 2", "b 1", "a 3"]);
  assert.is(initialCount(later), 2);
});

/** The times of all events of a kind. */
function kindTimes(play: Play): (kind: string) => number[] {
  const fired: (readonly [string, number])[] = [];
  const tap = { ...DEAF, fired: (time: number, kind: string) => fired.push([kind, time]) };
  played({ ...play, tap });
  return (wanted) => fired.flatMap(([kind, time]) => (kind === wanted ? [time] : []));
}

test.run();
