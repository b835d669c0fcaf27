import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, type Random } from "../policy.ts";
import { replay } from "../testing.ts";
import { newReleases } from "./new-releases.ts";
import type { Replication, ReplicationView } from "./replication.ts";

const steady = (node: number, free = 1e12) => ({ node, free, volatile: false });
const volatile = (node: number, free = 1e12) => ({ node, free, volatile: true });

const mixed = [volatile(0), steady(1), volatile(2), steady(3)];

test("a new release goes to steady mirrors first, then to volatile volunteers", () => {
  assert.equal(place({ volunteers: mixed }), { copyTo: [1, 3, 0, 2], reason: "new release" });
});

test("a release is new until its age reaches the window", () => {
  assert.equal(place({ volunteers: mixed, age: 9 }, { window: 10 }).copyTo, [1, 3, 0, 2]);
  assert.equal(place({ volunteers: mixed, age: 10 }, { window: 10 }), {
    copyTo: [1, 3],
    reason: "no longer new",
  });
});

test("volatile volunteers are spared files over the cap, steady mirrors are not", () => {
  assert.equal(place({ volunteers: mixed, size: 10 }, { cap: 10 }).copyTo, [1, 3, 0, 2]);
  assert.equal(place({ volunteers: mixed, size: 11 }, { cap: 10 }), {
    copyTo: [1, 3],
    reason: "over the cap",
  });
});

test("nobody gets what does not fit", () => {
  const volunteers = [steady(0, 9), steady(1, 10), volatile(2, 9), volatile(3, 10)];
  assert.equal(place({ volunteers, size: 10 }).copyTo, [1, 3]);
});

test("the copies limit counts volatile volunteers only", () => {
  const volunteers = [steady(0), volatile(1), volatile(2), steady(3)];
  assert.equal(place({ volunteers }, { copies: 0 }).copyTo, [0, 3]);
  assert.equal(place({ volunteers }, { copies: 1 }, replay([0.49])).copyTo, [0, 3, 1]);
  assert.equal(place({ volunteers }, { copies: 1 }, replay([0.5])).copyTo, [0, 3, 2]);
  assert.equal(place({ volunteers }, { copies: 2 }).copyTo, [0, 3, 1, 2]);
});

test("the budget counts what a volatile volunteer was given before", () => {
  const volunteers = [
    { ...volatile(0), given: 90 },
    { ...volatile(1), given: 91 },
    volatile(2),
    { ...steady(3), given: 1e6 },
  ];
  assert.equal(place({ volunteers, size: 10 }, { budget: 100 }).copyTo, [3, 0, 2]);
  assert.equal(place({ volunteers, size: 10 }).copyTo, [3, 0, 1, 2]);
});

test("each volatile volunteer is picked as often as any other", () => {
  const volunteers = [volatile(0), volatile(1), volatile(2)];
  // One of three: the first is taken below 1/3, else the second below 1/2, else the third. On a
  // grid of sixths that gives each 12 of the 36 pairs of draws.
  const sixths = [0, 1, 2, 3, 4, 5].map((k) => (k + 0.5) / 6);
  const picks = sixths.flatMap((u) =>
    sixths.flatMap((v) => place({ volunteers }, { copies: 1 }, replay([u, v])).copyTo),
  );
  assert.equal(
    [0, 1, 2].map((index) => picks.filter((pick) => pick === index).length),
    [12, 12, 12],
  );
});

test.run();

function place(
  view: Partial<ReplicationView> & Pick<ReplicationView, "volunteers">,
  params: Readonly<Record<string, number>> = {},
  random: Random = replay([]),
): Replication {
  const whole = { file: 0, size: 1, age: 0, count: view.volunteers.length, ...view };
  return bind(newReleases, params).decide(whole, random);
}
