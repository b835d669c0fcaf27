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

test.run();
