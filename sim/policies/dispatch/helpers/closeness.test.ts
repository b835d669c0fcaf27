import { test } from "uvu";
import * as assert from "uvu/assert";
import { client, dispatchView, known } from "../../testing.ts";
import type { Position } from "../facts.ts";
import {
  closestGroup,
  degrees,
  distances,
  nearContinent,
  peerSystem,
  sameContinent,
  sameCountry,
  sameNetwork,
  sameRegion,
  sameSite,
  sameSystem,
  servesCountry,
} from "./closeness.ts";

test("distances on the sphere are those of great circles", () => {
  const [pole, berlin, east] = [
    { latitude: 90, longitude: 0 },
    { latitude: 52.52, longitude: 13.405 },
    { latitude: 0, longitude: 90 },
  ];
  const kilometres = (from: Position | null, ...to: (Position | null)[]) => {
    const into = new Float64Array(to.length);
    const candidates = to.map((position, node) => known(node, { position }));
    distances(dispatchView(candidates, { client: client({ position: from }) }), into);
    return [...into];
  };
  assert.equal(kilometres({ latitude: 0, longitude: 0 }, east), [10_007.543]); // 2π·6371 / 4.
  assert.equal(kilometres(pole, east), [10_007.543]);
  assert.equal(kilometres(berlin, berlin, null), [0, 20_015]); // Half the way round.
  assert.equal(kilometres(null, berlin), [20_015]);
});

test("degrees are measured north and east", () => {
  const [a, b] = [
    { latitude: 1, longitude: -2 },
    { latitude: 4, longitude: 2 },
  ];
  assert.is(degrees(a, b, Math.hypot), 5);
  assert.is(degrees(a, null, Math.hypot), 540);
});

test("an address is in a network if it shares the network's leading bits", () => {
  const { facts } = known(0, { network: 0x0a010000, bits: 16 });
  const likeness = (address: number) => sameNetwork(facts, client({ address }));
  assert.equal([0x0a01ffff, 0x0a020000, 0].map(likeness), [16, 0, 0]);
  const whole = known(0, { network: 0xffffffff, bits: 32 }).facts;
  assert.is(sameNetwork(whole, client({ address: 0xffffffff })), 32);
  assert.is(sameNetwork(whole, client({ address: 0xfffffffe })), 0);
});

test("the narrower the network, the closer to the rung above", () => {
  const here = client({ address: 0x0a010001, country: "SE" });
  const ladder = [sameNetwork, sameCountry];
  const at = (facts: object) =>
    closestGroup(dispatchView([known(0, facts)], { client: here }), ladder).rung;
  assert.is(at({ network: 0x0a010000, bits: 16 }), 0.5);
  assert.is(at({ network: 0x0a000000, bits: 8, countries: ["SE"] }), 0.75);
  assert.is(at({ countries: ["SE"] }), 1);
  assert.is(at({}), 2);
});

test("what is unknown is like nothing, not even the unknown", () => {
  const blank = { site: "", asNumbers: [0], countries: [""], region: "", continents: [""] };
  const { facts } = known(0, blank);
  const all = [sameSite, sameNetwork, sameSystem, peerSystem, sameCountry, servesCountry];
  for (const likeness of [...all, sameRegion, sameContinent, nearContinent]) {
    assert.is(likeness(facts, client({})), 0);
  }
});

test.run();
