import { test } from "uvu";
import * as assert from "uvu/assert";
import { cells } from "./cells.ts";
import type { PolicyChoice } from "./experiment.ts";

const plain = (name: string): PolicyChoice => ({ name, params: {} });
const everything = [plain("everything")];
const fixed = [plain("fixed")];
const others = {
  eviction: [plain("nothing")],
  sync: [plain("host")],
  trust: [plain("none")],
  handout: [plain("host")],
  pieces: [plain("host")],
  choking: [plain("host")],
};
const system = { synchronisation: { method: ["whole"] } } as const;

test("one combination is one cell, named by its dispatch policy", () => {
  const policies = {
    dispatch: [plain("random")],
    replication: everything,
    ...others,
    chunkSize: fixed,
  };
  assert.equal(cells({ policies, system }), [
    {
      label: "random",
      policy: "random",
      names: {
        dispatch: "random",
        replication: "everything",
        eviction: "nothing",
        sync: "host",
        trust: "none",
        handout: "host",
        pieces: "host",
        choking: "host",
        chunkSize: "fixed",
        synchronisation: "whole",
      },
      levels: {},
      variant: 0,
      dispatch: plain("random"),
      replication: plain("everything"),
      eviction: plain("nothing"),
      sync: plain("host"),
      trust: plain("none"),
      handout: plain("host"),
      pieces: plain("host"),
      choking: plain("host"),
      chunkSize: plain("fixed"),
      synchronisation: "whole",
    },
  ]);
});

test("cells are the product of the lists, the last family fastest; labels name what varies", () => {
  const policies = {
    dispatch: [plain("origin-only"), plain("random")],
    replication: everything,
    ...others,
    chunkSize: [plain("sqrt"), plain("fixed")],
  };
  assert.equal(
    cells({ policies, system }).map(({ label }) => label),
    ["origin-only + sqrt", "origin-only + fixed", "random + sqrt", "random + fixed"],
  );
});

test("a label names only the family that varies, whichever it is", () => {
  const policies = {
    dispatch: [plain("random")],
    replication: [plain("everything"), plain("new-releases")],
    ...others,
    chunkSize: fixed,
  };
  assert.equal(
    cells({ policies, system }).map(({ label }) => label),
    ["everything", "new-releases"],
  );
});

test("a policy that runs with several params is told apart by them", () => {
  const dispatch = [
    plain("tracker-informed"),
    { name: "tracker-informed", params: { memory: 600, weight: 2 } },
    plain("random"),
  ];
  assert.equal(
    cells({
      policies: { dispatch, replication: everything, ...others, chunkSize: fixed },
      system,
    }).map(({ label }) => label),
    ["tracker-informed(defaults)", "tracker-informed(memory=600, weight=2)", "random"],
  );
});

test("methods of synchronisation vary fastest of all", () => {
  const policies = {
    dispatch: [plain("random")],
    replication: everything,
    ...others,
    chunkSize: [plain("sqrt"), plain("fixed")],
  };
  const methods = { synchronisation: { method: ["whole", "swarm"] } } as const;
  assert.equal(
    cells({ policies, system: methods }).map(({ label }) => label),
    ["sqrt + whole", "sqrt + swarm", "fixed + whole", "fixed + swarm"],
  );
});

/** A variant at the given levels, with two policies unless told otherwise. */
const variant = (
  levels: Readonly<Record<string, string>>,
  dispatch = [plain("origin-only"), plain("random")],
) => ({
  levels,
  system,
  policies: { dispatch, replication: everything, ...others, chunkSize: fixed },
});

const crowd = { name: "crowd", levels: ["small", "large"] };
const fine = { name: "fine", levels: ["yes"] };

test("variants vary slowest and head the label; an axis of one level is not named", () => {
  const variants = [
    variant({ crowd: "small", fine: "yes" }),
    variant({ crowd: "large", fine: "yes" }),
  ];
  const grid = cells({ ...variants[0], vary: { axes: [crowd, fine], variants } });
  assert.equal(
    grid.map(({ label, policy, variant: number }) => [label, policy, number]),
    [
      ["crowd small + origin-only", "origin-only", 0],
      ["crowd small + random", "random", 0],
      ["crowd large + origin-only", "origin-only", 1],
      ["crowd large + random", "random", 1],
    ],
  );
  assert.equal(grid[3].levels, { crowd: "large", fine: "yes" });
});

test("where only levels vary they alone are the label", () => {
  const random = [plain("random")];
  const variants = [variant({ crowd: "small" }, random), variant({ crowd: "large" }, random)];
  assert.equal(
    cells({ ...variants[0], vary: { axes: [crowd], variants } }).map(({ label, policy }) => [
      label,
      policy,
    ]),
    [
      ["crowd small", "random"],
      ["crowd large", "random"],
    ],
  );
});

test("policies may differ from variant to variant, and are told apart among all of them", () => {
  const variants = [
    variant({ crowd: "small" }, [{ name: "random", params: { memory: 1 } }]),
    variant({ crowd: "large" }, [{ name: "random", params: { memory: 2 } }]),
  ];
  assert.equal(
    cells({ ...variants[0], vary: { axes: [crowd], variants } }).map(({ label }) => label),
    ["crowd small + random(memory=1)", "crowd large + random(memory=2)"],
  );
});

test.run();
