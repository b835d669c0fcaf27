/** What an experiment says about synchronisation: methods to be compared, and what changes. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimalWith, parse, problemsIn } from "./testing.ts";

const LOG = "log: { file: access.log }";
const CUSTOMERS = "  customers:";
const withMethod = (method: string) =>
  minimalWith(CUSTOMERS, `  synchronisation: { method: ${method} }\n${CUSTOMERS}`);
const withSync = (sync: string) => minimalWith(LOG, `sync: ${sync}\n  window: 2 d`);

test("one method is a list of one", () => {
  assert.equal(parse(withMethod("swarm")).system.synchronisation.method, ["swarm"]);
  assert.equal(parse(withMethod("[rsync, swarm]")).system.synchronisation.method, [
    "rsync",
    "swarm",
  ]);
});

test("an unknown, a repeated or no method is a mistake", () => {
  assert.match(problemsIn(withMethod("[rsync, swrm]"))[0], /unknown method: swrm/);
  assert.match(problemsIn(withMethod("[rsync, rsync]"))[0], /duplicate method: rsync/);
  assert.match(problemsIn(withMethod("[]"))[0], /expected at least one method/);
  assert.match(problemsIn(withMethod("3"))[0], /expected one of whole, rsync/);
});

test("a method can be the baseline if the experiment runs it", () => {
  const compare = (method: string) =>
    withMethod("[rsync, swarm]").replace(
      "policies:",
      `compare: { synchronisation: ${method} }\npolicies:`,
    );
  assert.equal(parse(compare("rsync")).compare, { dispatch: null, synchronisation: "rsync" });
  assert.match(problemsIn(compare("whole"))[0], /unknown method in this experiment: whole/);
  const nothing = minimalWith("policies:", "compare: {}\npolicies:");
  assert.match(problemsIn(nothing)[0], /missing dispatch or synchronisation/);
});

test("a repository that changes has the abstract's sizes and identical files by default", () => {
  const { workload, window } = parse(withSync("{ daily: { bytes: 1 GB } }"));
  assert.is(window, 172_800);
  assert.equal(workload, {
    sync: {
      daily: { bytes: 1e9, spread: 0.6 },
      sizes: { median: 21_500, sigma: 2.865, largest: 4.7e9 },
      bundle: 4e6,
      identical: 0.17,
      kinds: [{ name: "new", share: 1, likeness: null }],
      releases: [],
    },
  });
});

test("what rsync finds by two block sizes becomes the law through both", () => {
  const kinds = "[{ name: a, share: 1, found: { small: 0.5, large: 0.0625 } }]";
  const { workload } = parse(withSync(`{ kinds: ${kinds} }`));
  const [kind] = "sync" in workload ? workload.sync.kinds : [];
  // 0.5^((64 KiB / 1 KiB)^b) = 0.5^4, so 64^b = 4 and b = 1/3.
  assert.is(kind?.likeness?.block, 1024);
  assert.ok(Math.abs((kind?.likeness?.index ?? 0) - 1 / 3) < 1e-12);
});

test("sync stands alone, with a window, releases inside it and shares that sum to 1", () => {
  const both = minimalWith(LOG, `${LOG}\n  sync: {}\n  window: 2 d`);
  assert.match(problemsIn(both)[0], /expected sync alone/);
  assert.match(problemsIn(minimalWith(LOG, "sync: {}"))[0], /missing window/);
  const late = withSync("{ releases: [{ at: 3 d, bytes: 1 B }] }");
  assert.match(problemsIn(late)[0], /invalid at: 3 d; not in \[0, 172800\) seconds/);
  const half = withSync("{ kinds: [{ name: a, share: 0.5 }] }");
  assert.match(problemsIn(half)[0], /invalid sum of shares: 0.5; not 1/);
});

test.run();
