/** What policies share for speed, beside the plain version of the same rule. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Random } from "../../policy.ts";
import { candidate, client, dispatchView, known, stream } from "../../testing.ts";
import { type Candidate, type DispatchView, SERVER } from "../dispatch.ts";
import { drawn, holders, least, leastOf } from "./choice.ts";
import { closestGroup, type Likeness, sameCountry, sameNetwork, sameSite } from "./closeness.ts";
import { holds } from "./holders.ts";

const BELIEFS = ["verified", "listed", "stale", "partial"] as const;

/** Views with none to ten candidates that count, and one that does not, with a number for each. */
function cases(random: Random): { view: DispatchView; numbers: Float64Array }[] {
  return Array.from({ length: 2000 }, () => {
    const count = Math.floor(11 * random());
    const whole = (below: number) => Math.floor(below * random());
    const all = Array.from({ length: count + 1 }, (_, node) => {
      const places = { site: ["", "a"][whole(2)], countries: [["", "S", "T"][whole(3)]] };
      const { facts } = known(node, { ...places, network: `10.0.0.0/${8 * whole(3)}` });
      return candidate(node, { belief: BELIEFS[whole(4)], facts });
    });
    const here = client({ site: "a", country: "S", networks: ["10.0.0.0/16", "10.0.0.0/8"] });
    const numbers = Float64Array.from(
      all,
      () => [0, 1, 2, 2.5, Number.POSITIVE_INFINITY][whole(4)],
    );
    return { view: dispatchView(all, { count, client: here }), numbers };
  });
}

/** The holders that count, with their indices. */
function holdersOf({ candidates, count }: DispatchView): { it: Candidate; i: number }[] {
  const all = candidates.slice(0, count).map((it, i) => ({ it, i }));
  return all.filter(({ it }) => holds(it));
}

/** Of the holders, all with the least cost; each replaces the one kept by an equal chance. */
function plainLeast(view: DispatchView, numbers: Float64Array, random: Random): number {
  let kept: number[] = [];
  let chosen = SERVER;
  for (const { i } of holdersOf(view)) {
    if (numbers[i] === Number.POSITIVE_INFINITY) continue;
    if (kept.length === 0 || numbers[i] < numbers[kept[0]]) {
      kept = [i];
      chosen = i;
    } else if (numbers[i] === numbers[kept[0]]) {
      kept.push(i);
      if (random() < 1 / kept.length) chosen = i;
    }
  }
  return chosen;
}

function plainDrawn(view: DispatchView, numbers: Float64Array, random: Random): number {
  const all = holdersOf(view);
  const total = all.reduce((sum, { i }) => sum + numbers[i], 0);
  const drawn = random() * total;
  let sum = 0;
  const found = all.find(({ i }) => {
    sum += numbers[i];
    return sum > drawn;
  });
  return found?.i ?? all.findLast(({ i }) => numbers[i] > 0)?.i ?? SERVER;
}

test("the least, by costs in an array or by a function, is the plain rule's", () => {
  for (const [seed, { view, numbers }] of cases(stream(1)).entries()) {
    const expected = plainLeast(view, numbers, stream(seed));
    assert.is(leastOf(view, stream(seed), numbers), expected);
    assert.is(
      least(view, stream(seed), (_, i) => numbers[i]),
      expected,
    );
  }
});

test("who is drawn is the plain rule's, and the number of holders is theirs", () => {
  for (const [seed, { view, numbers }] of cases(stream(2)).entries()) {
    assert.is(drawn(view, stream(seed), numbers), plainDrawn(view, numbers, stream(seed)));
    assert.is(holders(view), holdersOf(view).length);
  }
});

test("the closest group is that of the first rung on which anybody is alike", () => {
  const ladder = [sameSite, sameNetwork, sameCountry];
  for (const { view } of cases(stream(3))) {
    const rungOf = ({ facts }: Candidate) => {
      const alike = (likeness: Likeness) => likeness(facts, view.client) / 32;
      const step = ladder.findIndex((likeness) => alike(likeness) > 0);
      return step < 0 ? ladder.length : step + 1 - alike(ladder[step]);
    };
    const expected = holdersOf(view).map(({ it }) => rungOf(it));
    const { rung, rungs } = closestGroup(view, ladder);
    assert.is(rung, Math.min(...expected));
    assert.equal(
      holdersOf(view).map(({ i }) => rungs[i]),
      expected,
    );
  }
});

test.run();
