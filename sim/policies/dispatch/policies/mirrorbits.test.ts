import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known, replay } from "../../testing.ts";
import type { VolunteerFacts } from "../facts.ts";
import { north, split } from "../testing.ts";
import { mirrorbits } from "./mirrorbits.ts";

const bound = bind(mirrorbits);
const here = { position: north(0), country: "DE", asNumber: 1 };
const home = { countries: ["DE"], asNumbers: [1] };

test("eight mirrors from 5 to 61 km: the nearest gets 85.4 %, the next 14.6 %", () => {
  // Every 8 km, all in the customer's country and network; farthest F = 61, F/2 = 30. Score − F is
  // at 5 km  (61 − 5 + 1) + (61 − 5) + 30 − 61 = 82, near since 5 ≤ 1.5 · 5,
  // at 13 km (61 − 13 + 1) + (61 − 5 · 13) + 30 − 61 = 14, and below 0 from 21 km on.
  const view = seen([5, 13, 21, 29, 37, 45, 53, 61].map((far) => ({ far, ...home })));
  assert.equal(split(bound, view, 96), [82, 14, 0, 0, 0, 0, 0, 0]); // 82/96 = 0.854.
});

test("distances count in whole kilometres, and up to 1.5 times the closest is near", () => {
  // F = int(61.5) = 61. At 5.5 km: 57 + int(55.5) + 30 − 61 = 81. At 8.25 = 1.5 · 5.5 km:
  // 54 + int(52.75) + 30 − 61 = 75.
  const view = seen([5.5, 8.25, 61.5].map((far) => ({ far, ...home })));
  assert.equal(split(bound, view, 156), [81, 75, 0]);
});

test("all equally far, the first gets everything", () => {
  // F = 10; each scores 1 + 0 + 5, which is not above 10.
  const view = seen([10, 10, 10, 10].map((far) => ({ far, ...home })));
  assert.equal(bound.decide(view, replay([0.99])), { to: 0, reason: "nobody above the farthest" });
  // Abroad each scores 1; the last, in the customer's network, 6.
  const last = seen([{ far: 10 }, { far: 10 }, { far: 10 }, { far: 10, asNumbers: [1] }]);
  assert.is(bound.decide(last, replay([0.01])).to, 3);
});

test("a mirror alone in its region gets everything; a score of -90 only changes the reason", () => {
  // F = 9800. The near one: 8301 + 8300/2 (abroad) = 12451. Those at 9200: 601, at 9800: 1.
  const far = (score: number) => seen([{ far: 1500, score }, { far: 9200 }, { far: 9800 }]);
  assert.equal(split(bound, far(0), 10), [10, 0, 0]);
  // 12451 · 0.1 = 1245 is no more than 9800, but still the best score.
  assert.equal(bound.decide(far(-90), replay([0.5])), {
    to: 0,
    reason: "nobody above the farthest",
  });
});

test("near mirrors abroad count half, and distant ones that serve the country a little", () => {
  // F = 100. At 10 km, abroad: 91 + 90/2 − 100 = 36. At 50 km, meant for the country too:
  // 51 + (100 − 10) − 100 = 41. At 100 km: 1 − 100.
  const view = seen([{ far: 10 }, { far: 50, countries: ["FR", "DE"] }, { far: 100 }]);
  assert.equal(split(bound, view, 77), [36, 41, 0]);
});

test("how far those are who have no copy does not matter", () => {
  const { candidates, client: from } = seen([
    { far: 5, ...home },
    { far: 61, ...home },
    { far: 900 },
  ]);
  const all = candidates.map((it, i) => (i === 2 ? ({ ...it, belief: "stale" } as const) : it));
  // F = 61: 82 as above; at 61 km 1 + (61 − 305) + 30.
  assert.equal(split(bound, dispatchView(all, { client: from }), 2), [2, 0, 0]);
  assert.is(
    bound.decide(dispatchView(all, { client: from }), replay([0.99])).reason,
    "drawn by score",
  );
});

test("a customer whose country is unknown may be sent anywhere", () => {
  const nowhere = client({ position: north(0), asNumber: 1 });
  const view = { ...seen([{ far: 1 }, { far: 9000 }]), client: nowhere };
  assert.equal(split(bound, view, 2), [1, 1]);
  assert.is(bound.decide(view, replay([0])).reason, "country unknown");
});

test.run();

function seen(mirrors: readonly (Partial<VolunteerFacts> & { readonly far: number })[]) {
  const volunteers = mirrors.map(({ far, ...facts }, node) =>
    known(node, { position: north(far), ...facts }),
  );
  return dispatchView(volunteers, { client: client(here) });
}
