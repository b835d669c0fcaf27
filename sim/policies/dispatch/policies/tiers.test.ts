import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known, replay } from "../../testing.ts";
import { split } from "../testing.ts";
import { tiers } from "./tiers.ts";

const volunteers = [
  known(0, { site: "library" }),
  known(1, { network: "10.0.0.0/8" }),
  known(2, { network: "10.1.0.0/16" }),
  known(3, { network: "10.1.0.0/16" }),
];
const chosen = (facts: Parameters<typeof client>[0]) =>
  split(bind(tiers), dispatchView(volunteers, { client: client(facts) }), 4);

test("the site comes first, then the narrowest network, then anybody", () => {
  assert.equal(chosen({ site: "library", networks: ["10.1.0.0/16", "10.0.0.0/8"] }), [4, 0, 0, 0]);
  assert.equal(chosen({ networks: ["10.1.0.0/16", "10.0.0.0/8"] }), [0, 0, 2, 2]);
  assert.equal(chosen({ networks: ["10.0.0.0/8"] }), [0, 4, 0, 0]);
  assert.equal(chosen({ networks: ["192.168.0.0/16"] }), [1, 1, 1, 1]);
});

test("the reason tells which", () => {
  const reason = (facts: Parameters<typeof client>[0]) =>
    bind(tiers).decide(dispatchView(volunteers, { client: client(facts) }), replay([0.5])).reason;
  assert.equal([{ site: "library" }, { networks: ["10.0.0.0/8"] }, {}].map(reason), [
    "same site",
    "same network",
    "elsewhere",
  ]);
});

test("what is unknown matches nobody", () => {
  assert.equal(chosen({}), [1, 1, 1, 1]);
});

test.run();
