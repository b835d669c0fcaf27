/** Sites, background traffic and transport: what they read, and how they complain. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ALL_CAUSES, CAUSES, USUAL } from "../../network/http/causes.ts";
import { minimalWith, parse, problemsIn } from "./testing.ts";

/** The minimal experiment with this among its system's fields, from line 8 on. */
const withSystem = (text: string) => minimalWith("  customers:", `  ${text}\n  customers:`);

const first = (problem: string) => problem.replace(/^small\.yaml:/, "").split("\n")[0];

test("sites have as many links as they say and none where they say nothing", () => {
  const { sites } = parse(
    withSystem("sites: { backbone: 1 Gbit/s, classes: [{ name: north, count: 3, rtt: 2 ms }] }"),
  ).system;
  assert.is(sites.backbone, 125e6);
  assert.equal(sites.classes, [
    {
      name: "north",
      count: 3,
      uplink: Number.POSITIVE_INFINITY,
      downlink: Number.POSITIVE_INFINITY,
      rtt: 0.002,
      failures: null,
      where: { asNumber: 0, country: "", region: "", continent: "", position: null },
      background: { uplink: null, downlink: null },
    },
  ]);
});

test("a machine stands in a site that there is", () => {
  const text = withSystem("sites: { classes: [{ name: north }] }")
    .replace("uplink: 8 Mbit/s", "uplink: 8 Mbit/s, site: north")
    .replace("share: 1,", "share: 1, site: noth,");
  const [problem, ...others] = problemsIn(text);
  assert.equal(others, []);
  assert.is(first(problem), "11:27: unknown site: noth; known: north");
  assert.match(problem, "did you mean 'north'?");
});

test("two classes of sites cannot have one name", () => {
  const text = withSystem("sites: { classes: [{ name: north }, { name: north }] }");
  assert.equal(problemsIn(text).map(first), ["8:47: duplicate name: north"]);
});

test("background traffic is a rate, or steps of a day", () => {
  const background = (text: string) =>
    parse(minimalWith("uplink: 8 Mbit/s", `uplink: 8 Mbit/s, background: { uplink: ${text} }`))
      .system.server.background.uplink;
  assert.equal(background("8 kbit/s"), [{ at: 0, rate: 1000 }]);
  assert.equal(background("[{ at: 0, rate: 8 kbit/s }, { at: 18 h, rate: 0 }]"), [
    { at: 0, rate: 1000 },
    { at: 64_800, rate: 0 },
  ]);
});

test("steps rise within a day from 0; all that is wrong is said at once", () => {
  const problems = (text: string) =>
    problemsIn(
      minimalWith("uplink: 8 Mbit/s", `uplink: 8 Mbit/s, background: { uplink: ${text} }`),
    ).map((problem) => first(problem).replace(/^\d+:\d+: /, ""));
  assert.equal(problems("[]"), ["uplink: expected at least one step; got an empty list"]);
  assert.equal(
    problems("[{ at: 1 h, rate: 1 B/s }, { at: 1 h, rate: 2 B/s }, { at: 1 d, rate: -1 B/s }]"),
    [
      "invalid at: 1 h; the first step is at 0 seconds",
      "invalid at: 1 h; not in (3600, 86400) seconds: steps rise within a day",
      "invalid rate: -1 B/s; not in [0, ∞) bytes/s",
    ],
  );
  assert.equal(problems("[{ rate: 1 B/s }, 7, { at: 0, rate: 1 B/s, for: 3 }]"), [
    "missing at",
    "uplink[1]: expected a mapping of at and rate; got 7",
    "unknown field: for; known: at, rate",
  ]);
});

test("every cause of the network can be switched by its name, and costs nothing unasked", () => {
  assert.equal(parse(minimalWith("a", "a")).system.transport.causes, USUAL);
  const all = parse(withSystem(`transport: { ${CAUSES.map((cause) => `${cause}: true`)} }`));
  assert.equal(all.system.transport.causes, ALL_CAUSES);
});

test.run();
