/** Which fields scenarios set, and the experiments that they become. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { policies } from "../policies/index.ts";
import { Base, Scenarios } from "./scenario.ts";
import { scenarioRanges } from "./scenario-ranges.ts";
import { rangeText } from "./search-range.ts";

let room = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-scenarios-"));
  writeFileSync(join(room, "c"), "");
});
test.after(() => rmSync(room, { recursive: true, force: true }));

const TEXT = (workload: string) => `title: Small
question: Does it read?
seed: 1
replications: 3
until: { metric: visit.mean, halfWidth: 5 %, max: 9 }
system:
  server: { uplink: 4 Mbit/s }
  volunteers:
    - { name: a, count: 200, uplink: 1 Mbit/s, downlink: 2 Mbit/s }
    - { name: b, count: 2, uplink: 2 Mbit/s, downlink: 2 Mbit/s, sessions: { up: 4 h, down: { constant: { mean: 1 h } } } }
    - { name: c, count: 3, uplink: 3 Mbit/s, downlink: 2 Mbit/s, sessions: { up: 4 h, down: 1 h } }
  synchronisation: { every: 8 h, method: [rsync, whole] }
  customers: { classes: [{ share: 1, downlink: 10 Mbit/s }] }
workload: ${workload}
policies: { dispatch: [random, origin-only], replication: [rendezvous, everything], chunkSize: fixed }
compare: { dispatch: random }
vary: { timing: { fast: { system.tracker.interval: 10 min, system.server.uplink: ×2 }, slow: {} } }
`;

const baseOf = (
  workload = "{ release: { catalogue: c, curve: c, at: 1 h, customers: 4000 }, window: 1 d }",
) => {
  const file = join(room, "small.yaml");
  writeFileSync(file, TEXT(workload.replaceAll(": c,", `: ${join(room, "c")},`)));
  return new Base(file, "dispatch", ["random", "power-of-d"], policies);
};

test("scenarios are made of the first variant, policy and method, and of both policies that meet", () => {
  const { experiment, document } = baseOf();
  assert.is(experiment.system.tracker.interval, 600);
  assert.is(experiment.system.server.uplink, 1e6);
  assert.equal(experiment.system.synchronisation.method, ["rsync"]);
  assert.equal(
    experiment.policies.dispatch.map(({ name }) => name),
    ["random", "power-of-d"],
  );
  assert.equal(
    experiment.policies.replication.map(({ name }) => name),
    ["rendezvous"],
  );
  for (const part of ["vary", "compare", "until"]) assert.not.ok(part in document, part);
});

test("without ranges, sizes go down and up to a ceiling, rates and times to four times either way", () => {
  const ranges = [...scenarioRanges(baseOf(), [], undefined)];
  assert.equal(
    ranges.map(([path, range]) => `${path.replace("system.", "")} ${rangeText(range)}`),
    [
      "workload.release.customers 10 … 500, by ratios",
      // 4000 customers are eight times as many as are tried.
      "server.uplink 250 kbit/s … 32 Mbit/s, by ratios",
      "volunteers.a.count 0 … 50",
      "volunteers.a.uplink 31.25 kbit/s … 4 Mbit/s, by ratios",
      "volunteers.b.count 0 … 2",
      "volunteers.b.uplink 62.5 kbit/s … 8 Mbit/s, by ratios",
      "volunteers.c.count 0 … 3",
      "volunteers.c.uplink 93.75 kbit/s … 12 Mbit/s, by ratios",
      // Of b a law says how long it is down.
      "volunteers.c.sessions.up 1 h … 16 h, by ratios",
      "volunteers.c.sessions.down 15 min … 4 h, by ratios",
      "customers.parallel 1 … 8",
      // As long as a volunteer is believed to be there: 45 min.
      "tracker.interval 20 s … 45 min, by ratios",
      "synchronisation.every 2 h … 32 h, by ratios",
    ],
  );
  const usual = new Map(ranges.map(([path, each]) => [path, each.usual]));
  assert.is(usual.get("system.volunteers.c.sessions.down"), 3600);
  const whole = ranges.filter(([, { isWhole }]) => isWhole).map(([path]) => path.split(".").at(-1));
  assert.equal(whole, ["customers", "count", "count", "count", "parallel"]);
});

test("ranges that are typed go before those of the file, and those before derived ones", () => {
  const declared = { "system.volunteers.a.count": "1..7" };
  const typed = ["system.tracker.interval=1 min..2 min"];
  const paths = (...given: [readonly string[], unknown]) => [
    ...scenarioRanges(baseOf(), ...given).keys(),
  ];
  assert.equal(paths(typed, declared), ["system.tracker.interval"]);
  assert.equal(paths([], declared), ["system.volunteers.a.count"]);
});

test("all mistakes in ranges are told at once", () => {
  try {
    scenarioRanges(baseOf(), ["system.tracker.interval=1..2", "nothing"], undefined);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, InputError);
    assert.is((error as InputError).problems.length, 2);
  }
});

test("a scenario sets its values; a class of nobody is left out with what is set of it", () => {
  const base = baseOf();
  const scenarios = new Scenarios(base, scenarioRanges(base, [], undefined));
  const made = scenarios.experiment(
    new Map([
      ["system.volunteers.a.count", 0],
      ["system.volunteers.a.uplink", 500_000],
      ["system.volunteers.c.uplink", 250_000],
      ["system.customers.parallel", 3],
    ]),
  );
  assert.equal(
    made?.system.volunteers.map(({ name, uplink }) => [name, uplink]),
    [
      ["b", 250_000],
      ["c", 250_000],
    ],
  );
  assert.is(made?.system.customers.parallel, 3);
});

test("values that do not go together are no scenario", () => {
  const base = baseOf();
  const ranges = scenarioRanges(
    base,
    ["system.tracker.interval=1 min..45 min", "system.tracker.timeout=10 min..2 h"],
    undefined,
  );
  const scenarios = new Scenarios(base, ranges);
  const at = (interval: number, timeout: number) =>
    scenarios.experiment(
      new Map([
        ["system.tracker.interval", interval],
        ["system.tracker.timeout", timeout],
      ]),
    );
  assert.is(at(1200, 600), null);
  assert.is(at(600, 1200)?.system.tracker.timeout, 1200);
});

test.run();
