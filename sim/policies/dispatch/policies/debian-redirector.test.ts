import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known } from "../../testing.ts";
import type { VolunteerFacts } from "../facts.ts";
import { split } from "../testing.ts";
import { debianRedirector } from "./debian-redirector.ts";

const here = client({
  ...{ asNumber: 7, country: "AT", continent: "EU" },
  position: { latitude: 0, longitude: 0 },
});
const chosen = (volunteers: readonly Partial<VolunteerFacts>[], parts: number) => {
  const all = volunteers.map((facts, node) => known(node, facts));
  return split(bind(debianRedirector), dispatchView(all, { client: here }), parts);
};
/** Half of the degrees to the north, half to the east: the two sides add up. */
const away = (degrees: number) => ({
  position: { latitude: degrees / 2, longitude: -degrees / 2 },
});

test("the close set reaches a standard deviation of the inner half of distances further", () => {
  // The inner of 1, 2, 3, 10, 20 are 2, 3, 10: mean 5, deviation √(38/3) = 3.56, so up to 4.56.
  assert.equal(chosen([1, 2, 3, 10, 20].map(away), 6), [2, 2, 2, 0, 0]);
});

test("of five, the second to the fourth are the inner half", () => {
  // 4.45, 5, 12: mean 7.15, deviation 3.44, so up to 4.44; 5 and 12 alone would reach 4.5.
  assert.equal(chosen([1, 4.45, 5, 12, 20].map(away), 2), [2, 0, 0, 0, 0]);
});

test("it has four members, and those as far as the fourth", () => {
  // The inner of eight are 3, 4, 5, 50 with a deviation of 20: all below 21, but the fourth is at 4.
  assert.equal(chosen([1, 2, 3, 4, 5, 50, 60, 70].map(away), 8), [2, 2, 2, 2, 0, 0, 0, 0]);
  assert.equal(chosen([4, 4, 4, 4, 4, 4].map(away), 6), [1, 1, 1, 1, 1, 1]);
});

test("system, peers of it, country, near countries, continent and near continents come first", () => {
  const ladder = [
    {},
    { continents: ["AS", "EU"] },
    { continents: ["EU"] },
    { countries: ["DE", "AT"] },
    { countries: ["AT"] },
    { asNumbers: [8, 7] },
    { asNumbers: [7] },
  ];
  for (let size = ladder.length; size > 0; size--) {
    const times = chosen(ladder.slice(0, size), 1);
    assert.is(times.lastIndexOf(1), size - 1);
  }
});

test.run();
