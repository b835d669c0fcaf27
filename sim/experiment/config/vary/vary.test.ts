/** What an experiment that varies is read as. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse as parseYaml, stringify } from "yaml";
import { cells } from "../cells.ts";
import { type Experiment, variantsOf } from "../experiment.ts";
import { minimal, parse, problemsIn } from "../testing.ts";

const varying = (vary: string) => parse(`${minimal}vary:\n${vary}\n`);
const intervals = (experiment: Experiment) =>
  variantsOf(experiment).map(({ system }) => system.tracker.interval);

test("a level sets values by their paths; one that sets none keeps the file's", () => {
  const experiment = varying(`
  age:
    file's: {}
    fast: { system.tracker.interval: 1 min, system.volunteers.0.count: 7 }`);
  assert.equal(experiment.vary?.axes, [{ name: "age", levels: ["file's", "fast"] }]);
  assert.equal(intervals(experiment), [1800, 60]);
  assert.equal(
    variantsOf(experiment).map(({ system }) => system.volunteers[0].count),
    [2, 7],
  );
});

test("the short form has a level for each value, named as it is written", () => {
  const experiment = varying("  age: { field: system.tracker.interval, values: [1 min, 90 s] }");
  assert.equal(experiment.vary?.axes, [{ name: "age", levels: ["1 min", "90 s"] }]);
  assert.equal(intervals(experiment), [60, 90]);
});

test("items of lists are named by number or by name", () => {
  const byName = varying(
    "  v: { field: system.volunteers.a.conduct.corrupts, values: [0.1, 0.2] }",
  );
  const byNumber = varying(
    "  v: { field: system.volunteers.0.conduct.corrupts, values: [0.1, 0.2] }",
  );
  assert.equal(byName, byNumber);
});

test("whole parts can be replaced, and policies", () => {
  const experiment = varying(`
  topology:
    file's: {}
    other: { system.volunteers: [{ name: b, count: 1, uplink: 5 B/s, downlink: 6 B/s }] }
  policy:
    origin: {}
    both: { policies.dispatch: [origin-only, tracker-informed] }`);
  assert.equal(
    variantsOf(experiment).map(({ system, policies }) => [
      system.volunteers[0].name,
      policies.dispatch.length,
    ]),
    [
      ["a", 1],
      ["a", 2],
      ["b", 1],
      ["b", 2],
    ],
  );
  assert.is(cells(experiment).length, 6);
});

test("nothing as a value takes away what the file says, so that the default holds", () => {
  const text = minimal.replace(
    "downlink: 2 B/s }",
    "downlink: 2 B/s, sessions: { up: 1 h, down: 2 h } }",
  );
  const vary = "vary: { on line: { at times: {}, always: { system.volunteers.a.sessions: ~ } } }";
  assert.equal(
    variantsOf(parse(`${text}${vary}\n`)).map(({ system }) => system.volunteers[0].sessions?.up),
    [{ kind: "exponential", mean: 3600 }, undefined],
  );
});

test("what every level sets need not stand in the file", () => {
  const text = minimal.replace("  server: { uplink: 8 Mbit/s }\n", "");
  const vary = "vary: { uplink: { field: system.server.uplink, values: [1 Mbit/s, 2 Mbit/s] } }\n";
  assert.equal(
    variantsOf(parse(text + vary)).map(({ system }) => system.server.uplink),
    [125_000, 250_000],
  );
});

test("a level can be the baseline", () => {
  const { compare } = varying(`
  age: { field: system.tracker.interval, values: [1 min, 2 min] }
compare: { age: 1 min }`);
  assert.equal(compare, { dispatch: null, synchronisation: null, levels: { age: "1 min" } });
});

test("a level to compare with may be written as the number that it is", () => {
  const { compare } = varying(`
  liars: { field: system.volunteers.a.conduct.corrupts, values: [0, 0.5] }
compare: { liars: 0 }`);
  assert.equal(compare?.levels, { liars: "0" });
});

/** Places that levels may set, each with values. No two overlap. */
const PLACES = [
  { path: ["system", "tracker", "interval"], values: ["1 min", "90 s", "30 min"] },
  { path: ["system", "server"], values: [{ uplink: "5 B/s" }, { uplink: "3 MB/s" }] },
  { path: ["system", "volunteers", 0, "coverage"], values: [0.25, 1] },
  { path: ["system", "synchronisation", "method"], values: ["rsync", ["rsync", "swarm"]] },
  { path: ["workload", "window"], values: ["1 h", "2 d"] },
  { path: ["policies", "dispatch"], values: [["origin-only", "tracker-informed"]] },
] as const;

const setting = fc
  .nat(PLACES.length - 1)
  .chain((place) => fc.record({ place: fc.constant(place), value: fc.nat(2) }));
const settings = fc.uniqueArray(setting, { selector: ({ place }) => place });
type Settings = typeof settings extends fc.Arbitrary<infer Value> ? Value : never;

const settingValue = ({ place, value }: Settings[number]): unknown =>
  PLACES[place].values[value % PLACES[place].values.length];
const byPath = (level: Settings) =>
  Object.fromEntries(level.map((each) => [PLACES[each.place].path.join("."), settingValue(each)]));

/** The minimal experiment with the settings written into it. */
function written(level: Settings): string {
  const document = parseYaml(minimal);
  for (const each of level) {
    const path = [...PLACES[each.place].path];
    let node = document;
    for (const key of path.slice(0, -1)) {
      node[key] ??= {};
      node = node[key];
    }
    node[path[path.length - 1]] = settingValue(each);
  }
  return stringify(document);
}

const withVary = (vary: unknown) => stringify({ ...parseYaml(minimal), vary });

test("an axis of one level is the plain experiment with its values, cell for cell", () => {
  fc.assert(
    fc.property(settings, (level) => {
      const plain = parse(written(level));
      const varied = parse(withVary({ only: { one: byPath(level) } }));
      const { vary, ...base } = varied;
      assert.equal(base, plain);
      assert.equal(
        cells(varied).map((cell) => ({ ...cell, levels: {} })),
        cells(plain),
      );
      assert.equal(vary?.variants[0].system, plain.system);
    }),
    { seed: 2008, numRuns: 100 },
  );
});

test("every variant is the plain experiment with its levels' values, whatever the order of axes", () => {
  const axes = fc.array(fc.nat(PLACES.length - 1), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(axes, (chosen) => {
      const all = [...new Set(chosen)].map((place) => {
        const { path, values } = PLACES[place];
        const levels = values.map((value, at) => [`l${at}`, { [path.join(".")]: value }]);
        return [`a${place}`, Object.fromEntries(levels)] as const;
      });
      const there = variantsOf(parse(withVary(Object.fromEntries(all))));
      const back = variantsOf(parse(withVary(Object.fromEntries(all.toReversed()))));
      assert.is(
        there.length,
        all.reduce((product, [, levels]) => product * Object.keys(levels).length, 1),
      );
      for (const { levels, ...variant } of there) {
        const level = Object.entries(levels).map(([axis, name]) => {
          return { place: Number(axis.slice(1)), value: Number(name.slice(1)) };
        });
        const { system, workload, window, policies } = parse(written(level));
        assert.equal(variant, { system, workload, window, policies });
        const same = back.filter((other) =>
          Object.entries(other.levels).every(([axis, name]) => levels[axis] === name),
        );
        assert.equal(same, [{ levels: same[0].levels, ...variant }]);
      }
    }),
    { seed: 2008, numRuns: 50 },
  );
});

test("whatever stands in vary, it is read or refused with file and line, never worse", () => {
  const word = fc.oneof(
    fc.constantFrom("field", "values", "system.tracker.interval", "system.volunteers.0", "seed"),
    fc.constantFrom("__proto__", "constructor", "", ".", "system.volunteers.-1.count", "a + b"),
    fc.string({ maxLength: 6 }).map((text) => text.trim()),
  );
  const scalar = fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
  const level = fc.oneof(scalar, fc.array(scalar), fc.dictionary(word, scalar, { maxKeys: 3 }));
  const axis = fc.oneof(scalar, fc.dictionary(word, level, { maxKeys: 3 }));
  const vary = fc.oneof(scalar, fc.array(axis), fc.dictionary(word, axis, { maxKeys: 3 }));
  fc.assert(
    fc.property(vary, (value) => {
      for (const problem of problemsIn(withVary(value))) {
        assert.match(problem, /^small\.yaml:\d+:\d+: \S.*\n +\d+ \|/);
      }
    }),
    { seed: 2008, numRuns: 500 },
  );
});

test.run();
