/** What an experiment with changes is read as, and every mistake in them. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { variantsOf } from "../experiment.ts";
import { digest, minimal, minimalWith, parse, problemsIn } from "../testing.ts";

/** `changes:` begins on line 17, after the minimal experiment. */
const changing = (changes: string, text = minimal) => `${text}changes:${changes}\n`;

const HOUR = 3600;

test("each change is on top of the one before, of all that may change", () => {
  const text = changing(`
  - at: 1 h
    set:
      system.volunteers.a.uplink: 3 B/s
      system.server.uplink: 1 B/s
      system.tracker.interval: 1 min
      policies.dispatch: { tracker-informed: { floor: 2 } }
  - { at: 2 h, set: { system.volunteers.0.count: 5, system.volunteers.a.uplink: 4 B/s } }
  - { at: 3 h, set: { system.synchronisation.every: 1 h, policies.dispatch: origin-only } }`);
  const { system, successors } = parse(text);
  const { changes = [] } = system;
  assert.equal(
    changes.map(({ at }) => at / HOUR),
    [1, 2, 3],
  );
  assert.equal(
    [system, ...changes].map(({ volunteers: [{ count, uplink }] }) => [count, uplink]),
    [
      [2, 1],
      [2, 3],
      [5, 4],
      [5, 4],
    ],
  );
  assert.equal(
    changes.map(({ server, tracker, synchronisation }) => [
      server.uplink,
      tracker.interval,
      synchronisation.every / HOUR,
    ]),
    [
      [1, 60, 24],
      [1, 60, 24],
      [1, 60, 1],
    ],
  );
  assert.equal(successors, [
    { name: "tracker-informed", params: { floor: 2 } },
    null,
    { name: "origin-only", params: {} },
  ]);
});

test("without changes nothing is said of them, and without another policy nothing of successors", () => {
  const plain = parse(minimal);
  assert.not("changes" in plain.system || "successors" in plain);
  const links = parse(changing(" [{ at: 1 h, set: { system.volunteers.a.uplink: 3 B/s } }]"));
  assert.not("successors" in links || "changes" in links);
});

test("limits that there are can change", () => {
  const text = minimalWith("downlink: 2 B/s", "downlink: 2 B/s, shared: 3 B/s").replace(
    "  customers:",
    "  synchronisation: { rate: 1 B/s }\n  customers:",
  );
  const set = "{ system.volunteers.a.shared: 2 B/s, system.synchronisation.rate: 2 B/s }";
  const [change] = parse(changing(` [{ at: 1 h, set: ${set} }]`, text)).system.changes ?? [];
  assert.equal([change.volunteers[0].shared, change.synchronisation.rate], [2, 2]);
});

test("a change may multiply what is so by then, and be of all classes", () => {
  const text = changing(`
  - { at: 1 h, set: { "system.volunteers.*.count": ×3, system.volunteers.a.uplink: ×2 } }
  - { at: 2 h, set: { system.volunteers.a.uplink: ×2 } }`);
  const counts = (parse(text).system.changes ?? []).map(({ volunteers: [{ count, uplink }] }) => [
    count,
    uplink,
  ]);
  assert.equal(counts, [
    [6, 2],
    [6, 4],
  ]);
  const none = changing(" [{ at: 1 h, set: { system.tracker.interval: ×2 } }]");
  assert.equal(problemsIn(none).map(digest), [
    "17:29: expected a number at system.tracker.interval to multiply; got none",
  ]);
});

test("levels may set all changes, or a part of one", () => {
  const text = `${changing(" [{ at: 1 h, set: { system.volunteers.a.count: 3 } }]")}vary:
  rescue:
    none: { changes: ~ }
    one: {}
    later: { changes.0.at: 2 h }
    more: { changes: [{ at: 1 h, set: { system.volunteers.a.count: 9, policies.dispatch: tracker-informed } }] }
`;
  const told = variantsOf(parse(text)).map(({ system: { changes = [] }, successors = [] }) => [
    ...changes.map(({ at, volunteers: [{ count }] }) => `${count} at ${at / HOUR} h`),
    ...successors.map((choice) => choice?.name),
  ]);
  assert.equal(told, [[], ["3 at 1 h"], ["3 at 2 h"], ["9 at 1 h", "tracker-informed"]]);
});

test("what is compared is that of the start, whichever policy takes over", () => {
  const text = changing(
    " [{ at: 1 h, set: { policies.dispatch: tracker-informed } }]\ncompare: { dispatch: origin-only }",
  );
  assert.is(parse(text).compare?.dispatch, "origin-only");
});

test("a class may be empty at first where a change fills it, at some level at least", () => {
  const empty = minimalWith("count: 2", "count: 0");
  const filling = "changes: [{ at: 1 h, set: { system.volunteers.a.count: 3 } }]";
  assert.is(parse(`${empty}${filling}\n`).system.volunteers[0].count, 0);
  const varied = `${empty}vary: { rescue: { none: {}, some: { ${filling} } } }\n`;
  assert.is(variantsOf(parse(varied)).length, 2);
  const never = "7:25: invalid count: 0; not in [1, 100000], and no change raises it";
  assert.equal(problemsIn(empty).map(digest), [never]);
  const idle = `${empty}vary: { pace: { field: system.tracker.interval, values: [1 min, 2 min] } }\n`;
  assert.equal(problemsIn(idle).map(digest), [never]);
});

const set = (setting: string) => ` [{ at: 1 h, set: { ${setting} } }]`;

const CAN_CHANGE =
  "what may change is system.server.uplink, system.volunteers.CLASS.count, " +
  "system.volunteers.CLASS.uplink, system.volunteers.CLASS.downlink, " +
  "system.volunteers.CLASS.shared, system.tracker.interval, system.synchronisation.every, " +
  "system.synchronisation.rate, policies.dispatch";

const MISTAKES: Readonly<Record<string, readonly [changes: string, ...says: string[]]>> = {
  "no list": ["", "17:1: changes: expected a list; got nothing"],
  "an empty list": [" []", "17:10: changes: expected at least one change; got an empty list"],
  "a change without its time, and one without what it sets": [
    " [{ set: { system.volunteers.a.count: 3 } }, { at: 1 h }]",
    "17:11: missing at",
    "17:54: missing set",
  ],
  "an unknown field": [
    " [{ at: 1 h, sets: {} }]",
    "17:22: unknown field: sets; known: at, set = did you mean 'set'?",
  ],
  "nothing that is set": [
    " [{ at: 1 h, set: {} }]",
    "17:27: set: expected a mapping of paths to values; got an empty mapping",
  ],
  "a time without a unit, and one before the start": [
    " [{ at: 5, set: { system.volunteers.a.count: 3 } }, { at: -1 h, set: { system.volunteers.a.count: 4 } }]",
    "17:17: invalid at: 5; expected a duration with its unit, such as 5 s",
    "17:67: invalid at: -1 h; not in (0, ∞) seconds",
  ],
  "times that do not rise": [
    " [{ at: 2 h, set: { system.volunteers.a.count: 3 } }, { at: 2 h, set: { system.volunteers.a.count: 4 } }]",
    "17:69: invalid at: 2 h; not after the change before, at 7200 seconds",
  ],
  "an unknown class": [set("system.volunteers.b.count: 3"), "17:47: unknown item: b; known: a"],
  "an unknown part": [
    set("sytem.volunteers.a.count: 3"),
    "17:29: unknown field: sytem; known: system, workload, policies, changes = did you mean 'system'?",
  ],
  "what may not change": [
    set("system.customers.rtt: 1 s"),
    `17:29: invalid change: system.customers.rtt; ${CAN_CHANGE}`,
  ],
  "a whole class": [
    set("system.volunteers.a: {}"),
    `17:29: invalid change: system.volunteers.a; ${CAN_CHANGE}`,
  ],
  "two names of one field": [
    set("system.volunteers.a.count: 3, system.volunteers.0.count: 4"),
    "17:59: duplicate setting: system.volunteers.0.count; the change sets system.volunteers.a.count",
  ],
  "a value that is wrong anywhere": [
    set("system.volunteers.a.uplink: 3"),
    "17:57: invalid uplink: 3; expected a rate with its unit, such as 3 Mbit/s",
  ],
  "a value that is wrong beside another one, which has its default": [
    set("system.tracker.interval: 1 h"),
    "17:36: invalid timeout: nothing; less than the interval of 3600 seconds",
  ],
  "what is so already": [
    set("system.volunteers.a.count: 2"),
    "17:56: invalid system.volunteers.a.count: 2; it is so already",
  ],
  "a limit that comes": [
    set("system.volunteers.a.shared: 5 B/s"),
    "17:57: invalid system.volunteers.a.shared: 5 B/s; a limit can change, and cannot come or go",
  ],
  "several policies": [
    set("policies.dispatch: [origin-only, tracker-informed]"),
    "17:48: policies.dispatch: expected one policy; got a list",
  ],
  "an unknown policy": [
    set("policies.dispatch: tracker-informd"),
    "17:48: unknown policy: tracker-informd; known: origin-only, tracker-informed = did you mean 'tracker-informed'?",
  ],
};

for (const [what, [changes, ...says]] of Object.entries(MISTAKES)) {
  test(what, () => {
    assert.equal(problemsIn(changing(changes)).map(digest), says);
  });
}

test("a change beyond the window, and a volunteer that joins where customers pass on what they have", () => {
  const short = minimalWith("file: access.log", "file: access.log").replace(
    "policies:",
    "  window: 1 h\npolicies:",
  );
  assert.equal(problemsIn(changing(set("system.volunteers.a.count: 3"), short)).map(digest), [
    "18:17: invalid at: 1 h; not in (0, 3600) seconds, the window",
  ]);
  const passing = minimalWith("  customers:", "  customers:\n    uploads: { uplink: 1 B/s }");
  const [said] = problemsIn(changing(set("system.volunteers.a.count: 3"), passing)).map(digest);
  assert.is(
    said,
    "18:56: invalid system.volunteers.a.count: 3; nobody joins where customers pass on what they have (system.customers.uploads)",
  );
  const fewer = changing(set("system.volunteers.a.count: 1"), passing);
  assert.equal(problemsIn(fewer), []);
});

test("a mistake in a change that a level sets is shown in the level", () => {
  const text = `${minimal}vary: { rescue: { none: {}, some: { changes: [{ at: 1 h, set: { system.volunteers.a.uplink: 0 B/s } }] } } }\n`;
  assert.equal(problemsIn(text).map(digest), [
    "17:93: invalid uplink: 0 B/s; not in (0, ∞) bytes/s",
  ]);
});

test.run();
