import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known, replay } from "../../testing.ts";
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
  // The inner of 1, 2, 5, 6, 20 are 2, 5, 6: mean 13/3, deviation √(26/3/2) = 2.08, so up to 3.08.
  assert.equal(chosen([1, 2, 5, 6, 20].map(away), 2), [1, 1, 0, 0, 0]);
});

test("of five, the second to the fourth are the inner half; of two, both; of one, it alone", () => {
  // 5, 6, 13: mean 8, deviation √(38/2) = 4.36, so up to 5.36; the fifth with them would reach 7.
  assert.equal(chosen([1, 5, 6, 13, 20].map(away), 2), [1, 1, 0, 0, 0]);
  // 2.7, 5, 6: mean 4.57, deviation √(5.73/2) = 1.692, so up to 2.692.
  assert.equal(chosen([1, 2.7, 5, 6, 20].map(away), 2), [2, 0, 0, 0, 0]);
  assert.equal(chosen([1, 9].map(away), 2), [2, 0]); // √32 = 5.66.
  assert.equal(chosen([3].map(away), 2), [2]);
});

test("a variance that is none in six decimals reaches nobody", () => {
  // That of 5, 5.0001 and 5.0007 is 1.4·10⁻⁷; its root would reach 0.0004 further.
  assert.equal(chosen([5, 5.0001, 5.0007, 9].map(away), 2), [2, 0, 0, 0]);
});

test("it has four members, and those as far as the fourth", () => {
  // The inner of eight are 2, 3, 4, 5, 50 with a deviation of 21: all below 22, but the fourth is at 4.
  assert.equal(chosen([1, 2, 3, 4, 5, 50, 60, 70].map(away), 8), [2, 2, 2, 2, 0, 0, 0, 0]);
  assert.equal(chosen([4, 4, 4, 4, 4, 4].map(away), 6), [1, 1, 1, 1, 1, 1]);
});

test("system, peers of it, country, continent and the next continents in order come first", () => {
  const continents = ["EU"];
  const ladder = [
    {},
    ...["AF", "OC", "SA", "AS", "NA", "EU"].map((code) => ({ continents: [code] })),
    { countries: ["AT"] },
    { asNumbers: [8, 7], continents },
    { asNumbers: [7], continents },
  ];
  for (let size = ladder.length; size > 0; size--) {
    const times = chosen(ladder.slice(0, size), 1);
    assert.is(times.lastIndexOf(1), size - 1);
  }
});

test("each continent has its own order of the others", () => {
  const orders = [
    ...["AF EU NA AS SA OC", "AS EU NA OC SA AF", "EU NA AS SA OC AF"],
    ...["NA EU AS OC SA AF", "OC NA AS EU SA AF", "SA NA EU OC AS AF"],
  ];
  for (const order of orders) {
    const [continent, ...others] = order.split(" ");
    for (let nearest = 0; nearest < others.length; nearest++) {
      const all = others.slice(nearest).toReversed();
      const view = dispatchView(
        all.map((code, node) => known(node, { continents: [code] })),
        { client: client({ continent }) },
      );
      assert.is(split(bind(debianRedirector), view, 1).at(-1), 1, order);
    }
  }
});

test("the reason tells whether anybody was alike", () => {
  const reason = (facts: Partial<VolunteerFacts>) =>
    bind(debianRedirector).decide(dispatchView([known(0, facts)], { client: here }), replay([0]))
      .reason;
  assert.is(reason({ continents: ["NA"] }), "close set");
  assert.is(reason({}), "close set of the rest");
});

test("the hubs of a continent come before its other countries", () => {
  for (const [continent, hubs] of Object.entries({ NA: ["US", "CA"], OC: ["AU", "NZ"], EU: [] })) {
    const countries = ["XX", ...hubs];
    const all = countries.map((code, node) =>
      known(node, { countries: [code], continents: [continent] }),
    );
    const view = dispatchView(all, { client: client({ country: "YY", continent }) });
    const expected = hubs.length === 0 ? [4] : [0, 2, 2];
    assert.equal(split(bind(debianRedirector), view, 4), expected);
  }
});

test("a network counts only on the customer's continent", () => {
  const elsewhere = { asNumbers: [7], continents: ["NA"] };
  assert.equal(chosen([elsewhere, { countries: ["AT"] }], 1), [0, 1]);
  assert.equal(chosen([{ asNumbers: [7] }, { countries: ["AT"] }], 1), [0, 1]);
});

test.run();
