import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, evenly, known, replay } from "../../testing.ts";
import type { ClientFacts } from "../facts.ts";
import { shares } from "../testing.ts";
import { mirrorbrain } from "./mirrorbrain.ts";

const bound = bind(mirrorbrain);

test("twice the weight gets 75 %, not two thirds", () => {
  // U · ⌊32767/100⌋ < V · ⌊32767/50⌋, about U < 2V: 3/4 of the square, 300 of 400 middles of a grid.
  const view = dispatchView([known(0, { weight: 100 }), known(1, { weight: 50 })]);
  const middles = Array.from({ length: 20 }, (_, k) => (k + 0.5) / 20);
  const firsts = middles.flatMap((u) =>
    middles.filter((v) => bound.decide(view, replay([u, v])).to === 0),
  );
  assert.is(firsts.length, 300);
});

test("weights of 400, 100, 100 and 10 get 76.3, 11.3, 11.4 and 1.1 %", () => {
  const view = dispatchView([400, 100, 100, 10].map((weight, node) => known(node, { weight })));
  for (const [node, share] of shares(bound, view, 100_000).entries()) {
    const expected = [0.763, 0.113, 0.114, 0.011][node];
    assert.ok(Math.abs(share - expected) < 0.005, `${node}: ${share}`);
  }
});

test("the closest group alone counts: network, system, country, meant for it, continent, rest", () => {
  const volunteers = [
    known(0, {}),
    known(1, { continents: ["EU"] }),
    known(2, { countries: ["NO", "SE"] }),
    known(3, { countries: ["SE"] }),
    known(4, { asNumbers: [7] }),
    known(5, { network: "10.0.0.0/8" }),
  ];
  const swede = client({
    networks: ["10.0.0.0/8"],
    asNumber: 7,
    country: "SE",
    continent: "EU",
  });
  for (let size = volunteers.length; size > 0; size--) {
    const view = dispatchView(volunteers.slice(0, size), { client: swede });
    assert.is(bound.decide(view, replay([0.5])).to, size - 1);
  }
});

/** Where the customer's place is known, two of weights 50 and 100 at so many degrees from it. */
const ranked = (params: object, ...degrees: readonly [number, number]) => {
  const place = (far: number) => ({ latitude: 10 + 0.6 * far, longitude: 10 + 0.8 * far });
  const all = degrees.map((far, node) =>
    known(node, { weight: [50, 100][node], position: place(far) }),
  );
  const view = dispatchView(all, { client: client({ position: place(0) }) });
  return bind(mirrorbrain, { ...params }).decide(view, replay([0.5, 0.5]));
};

test("the rank is a thousand times the degrees, and a part for the weight", () => {
  // Two in the group: 2e6/2 divided by weights of 50 and 100 is 20000 and 10000, so that the weight
  // makes up for 10 degrees, and nothing is left to chance.
  assert.equal(ranked({}, 0.1, 9), { to: 1, reason: "closest by degrees" });
  assert.is(ranked({}, 0.1, 11).to, 0);
});

test("the part for the weight is divided by the number in the group, not of all", () => {
  const place = (far: number) => ({ latitude: 10, longitude: 10 + far });
  const swede = (far: number, weight: number) => ({
    ...{ countries: ["SE"], weight, position: place(far) },
  });
  // 2e6/2 by 50 and 100: 20000 and 10000. Of four it would be 5000 apart, and 7 degrees more.
  const all = [swede(0.1, 50), swede(7, 100), {}, {}].map((facts, node) => known(node, facts));
  const here = client({ country: "SE", position: place(0) });
  assert.is(bound.decide(dispatchView(all, { client: here }), evenly()).to, 1);
});

test("of those at the same distance the lower draw comes first", () => {
  const position = { latitude: 10, longitude: 10 };
  const all = [known(0, { position }), known(1, { position })];
  const view = dispatchView(all, { client: client({ position }) });
  assert.is(bound.decide(view, replay([0.1, 0.9])).to, 0);
  assert.is(bound.decide(view, replay([0.9, 0.1])).to, 1);
});

test("without coordinates the draw decides", () => {
  // The same draw for both: 16384 · ⌊32767/50⌋ against 16384 · ⌊32767/100⌋.
  assert.equal(ranked({ coordinates: 0 }, 0.1, 11), { to: 1, reason: "least draw by weight" });
});

test("a coordinate of 0 is an unknown place, and that is farther than any other", () => {
  const at = (latitude: number, longitude: number) => ({ position: { latitude, longitude } });
  const choice = (here: Partial<ClientFacts>, ...volunteers: readonly object[]) => {
    const all = volunteers.map((facts, node) => known(node, facts));
    return bound.decide(dispatchView(all, { client: client(here) }), evenly());
  };
  assert.is(choice(at(0, 5), at(0.1, 5), at(60, 60)).reason, "least draw by weight");
  assert.is(choice(at(5, 0), at(0.1, 5), at(60, 60)).reason, "least draw by weight");
  assert.is(choice(at(5, 5), at(0, 5), at(60, 60)).to, 1);
  assert.is(choice(at(5, 5), {}, at(-60, 160)).to, 1);
});

test("who has no weight is not in the group", () => {
  const view = (weight: number) => {
    const near = known(0, { weight, countries: ["SE"] });
    return dispatchView([near, known(1, {})], { client: client({ country: "SE" }) });
  };
  assert.is(bound.decide(view(0.9), replay([0.5])).to, 1);
  assert.is(bound.decide(view(1), replay([0.5])).to, 0);
});

test.run();
