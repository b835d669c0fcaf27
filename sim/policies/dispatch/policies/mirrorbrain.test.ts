import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known, replay } from "../../testing.ts";
import { shares } from "../testing.ts";
import { mirrorbrain } from "./mirrorbrain.ts";

const bound = bind(mirrorbrain);

test("twice the weight gets 75 %, not two thirds", () => {
  // U/100 < V/50 where U < 2V, which is 3/4 of the unit square, and 300 of 400 middles of a grid.
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

test("the closest group alone counts: network, system, country, meant for it, region, rest", () => {
  const volunteers = [
    known(0, {}),
    known(1, { region: "nordic" }),
    known(2, { countries: ["NO", "SE"] }),
    known(3, { countries: ["SE"] }),
    known(4, { asNumbers: [7] }),
    known(5, { network: "10.0.0.0/8" }),
  ];
  const swede = client({
    networks: ["10.0.0.0/8"],
    asNumber: 7,
    country: "SE",
    region: "nordic",
  });
  for (let size = volunteers.length; size > 0; size--) {
    const view = dispatchView(volunteers.slice(0, size), { client: swede });
    assert.is(bound.decide(view, replay([0.5])).to, size - 1);
  }
});

test("with coordinates the rank is a thousand times the degrees, and a part for the weight", () => {
  // Two in the group: 2e6/2 divided by weights of 50 and 100 is 20000 and 10000, so that the weight
  // makes up for 10 degrees, and nothing is left to chance.
  const decide = (degrees: number) => {
    const view = dispatchView(
      [
        known(0, { weight: 50, position: { latitude: 0, longitude: 0 } }),
        known(1, { weight: 100, position: { latitude: 0.6 * degrees, longitude: 0.8 * degrees } }),
      ],
      { client: client({ position: { latitude: 0, longitude: 0 } }) },
    );
    return bind(mirrorbrain, { coordinates: 1 }).decide(view, replay([]));
  };
  assert.equal(decide(9), { to: 1, reason: "closest by degrees" });
  assert.is(decide(11).to, 0);
});

test.run();
