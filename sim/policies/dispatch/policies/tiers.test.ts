import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known, replay } from "../../testing.ts";
import { split } from "../testing.ts";
import { tiers } from "./tiers.ts";

const TEN = 0x0a000000; // 10.0.0.0
const volunteers = [
  known(0, { site: "library" }),
  known(1, { network: TEN, bits: 8 }),
  known(2, { network: TEN + 0x10000, bits: 16 }), // 10.1.0.0/16
  known(3, { network: TEN + 0x10000, bits: 16 }),
];
const chosen = (facts: Parameters<typeof client>[0]) =>
  split(bind(tiers), dispatchView(volunteers, { client: client(facts) }), 4);

test("the site comes first, then the narrowest network, then anybody", () => {
  assert.equal(chosen({ site: "library", address: TEN + 0x10001 }), [4, 0, 0, 0]);
  assert.equal(chosen({ address: TEN + 0x10001 }), [0, 0, 2, 2]); // 10.1.0.1
  assert.equal(chosen({ address: TEN + 0x20001 }), [0, 4, 0, 0]); // 10.2.0.1
  assert.equal(chosen({ address: 0xc0a80001 }), [1, 1, 1, 1]); // 192.168.0.1
});

test("the reason tells which", () => {
  const reason = (facts: Parameters<typeof client>[0]) =>
    bind(tiers).decide(dispatchView(volunteers, { client: client(facts) }), replay([0.5])).reason;
  assert.equal([{ site: "library" }, { address: TEN + 1 }, {}].map(reason), [
    "same site",
    "same network",
    "elsewhere",
  ]);
});

test("what is unknown matches nobody", () => {
  assert.equal(chosen({}), [1, 1, 1, 1]);
});

test.run();
