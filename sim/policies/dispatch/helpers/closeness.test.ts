import { test } from "uvu";
import * as assert from "uvu/assert";
import { client, dispatchView, known } from "../../testing.ts";
import type { Position } from "../facts.ts";
import {
  closestGroup,
  degrees,
  distances,
  inNetwork,
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

test("who is lost is taken to be at the place that is told, or half the way round", () => {
  const pole = { latitude: 90, longitude: 0 };
  const view = dispatchView([known(0, { position: pole }), known(1, {})]);
  const from = (position: Position | null, lost: Position | null) => {
    const into = new Float64Array(2);
    distances({ ...view, client: client({ position }) }, into, lost);
    return [...into];
  };
  const zero = { latitude: 0, longitude: 0 };
  assert.equal(from(null, zero), [10_007.543, 0]);
  assert.equal(from(pole, zero), [0, 10_007.543]);
  assert.equal(from(pole, null), [0, 20_015]);
});

test("degrees are measured north and east", () => {
  const [a, b] = [
    { latitude: 1, longitude: -2 },
    { latitude: 4, longitude: 2 },
  ];
  assert.is(degrees(a, b, Math.hypot), 5);
  assert.is(degrees(a, null, Math.hypot), 540);
});

test("a volunteer serves a client first that is in its network, the narrowest above all", () => {
  const networks = ["10.1.2.0/24", "10.1.0.0/16", "10.0.0.0/8"];
  const likeness = (network: string) =>
    sameNetwork(known(0, { network }).facts, client({ networks }));
  assert.equal([...networks, "10.2.0.0/16", ""].map(likeness), [32, 31, 30, 0, 0]);
});

test("a client is in a network or is not, however long the prefix is that they share", () => {
  const networks = ["10.1.2.0/24", "10.0.0.0/8"];
  const likeness = (network: string) =>
    inNetwork(known(0, { network }).facts, client({ networks }));
  assert.equal([...networks, "10.1.0.0/16", ""].map(likeness), [32, 32, 0, 0]);
});

test("a network beyond the thirty-second of a client is a network all the same", () => {
  const networks = Array.from({ length: 40 }, (_, bits) => `2001:db8::/${128 - bits}`);
  const { facts } = known(0, { network: "2001:db8::/89" });
  assert.is(sameNetwork(facts, client({ networks })), 1);
});

test("the narrower the network, the closer to the rung above", () => {
  const here = client({ networks: ["10.1.0.0/16", "10.0.0.0/8"], country: "SE" });
  const ladder = [sameNetwork, sameCountry];
  const at = (facts: object) =>
    closestGroup(dispatchView([known(0, facts)], { client: here }), ladder).rung;
  assert.is(at({ network: "10.1.0.0/16" }), 0);
  assert.is(at({ network: "10.0.0.0/8", countries: ["SE"] }), 1 / 32);
  assert.is(at({ countries: ["SE"] }), 1);
  assert.is(at({}), 2);
});

test("a group is of holders, or of those who are allowed", () => {
  const here = client({ country: "SE" });
  const near = { ...known(0, { countries: ["SE"], weight: 0 }) };
  const view = dispatchView([near, known(1, {})], { client: here });
  assert.is(closestGroup(view, [sameCountry]).rung, 0);
  const { rung, rungs } = closestGroup(view, [sameCountry], ({ facts }) => facts.weight > 0);
  assert.is(rung, 1);
  assert.equal([...rungs.slice(0, 2)], [Number.POSITIVE_INFINITY, 1]);
});

test("what is unknown is like nothing, not even the unknown", () => {
  const blank = { site: "", asNumbers: [0], countries: [""], region: "", continents: [""] };
  const { facts } = known(0, blank);
  const all = [sameSite, sameNetwork, inNetwork, sameSystem, peerSystem, sameCountry];
  for (const likeness of [...all, servesCountry, sameRegion, sameContinent]) {
    assert.is(likeness(facts, client({})), 0);
  }
});

test.run();
