import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known, replay } from "../../testing.ts";
import { split } from "../testing.ts";
import { mirrormanager } from "./mirrormanager.ts";

const here = client({
  networks: ["10.1.0.0/16", "10.0.0.0/8"],
  asNumber: 7,
  country: "SE",
  continent: "EU",
});
const chosen = (volunteers: Parameters<typeof dispatchView>[0]) =>
  split(bind(mirrormanager), dispatchView(volunteers, { client: here }), 8);

const swedish = { countries: ["SE"], continents: ["EU"] };

test("the narrowest network comes before the system, and weights do not count there", () => {
  const system = known(0, { asNumbers: [7], weight: 900 });
  const wide = known(1, { network: "10.0.0.0/8" });
  const narrow = [2, 3].map((node) =>
    known(node, { network: "10.1.0.0/16", weight: node * node * 100 }),
  );
  assert.equal(chosen([system, wide, ...narrow]), [0, 0, 4, 4]);
  assert.equal(chosen([system, wide]), [0, 8]);
  assert.equal(chosen([system, known(1, swedish)]), [8, 0]);
});

test("in country, continent and world, weights count", () => {
  const weights = [100, 300];
  const inPlace = (facts: object) =>
    weights.map((weight, node) => known(node, { ...facts, weight }));
  assert.equal(chosen([...inPlace(swedish), known(2, { continents: ["EU"] })]), [2, 6, 0]);
  assert.equal(chosen([...inPlace({ continents: ["EU"] }), known(2, {})]), [2, 6, 0]);
  assert.equal(chosen(inPlace({})), [2, 6]);
});

test("the reason tells which group it was", () => {
  const reason = (facts: object) =>
    bind(mirrormanager).decide(dispatchView([known(0, facts)], { client: here }), replay([0]))
      .reason;
  assert.is(reason({ network: "10.0.0.0/8" }), "same network");
  assert.is(reason({ asNumbers: [7] }), "same system");
  assert.is(reason(swedish), "same country");
  assert.is(reason({ continents: ["EU"] }), "same continent");
  assert.is(reason({}), "anywhere");
});

test.run();
