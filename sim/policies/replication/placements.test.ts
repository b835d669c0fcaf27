import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies, policyNamed } from "../index.ts";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import { NO_DEMAND, type ReplicationPolicy, type ReplicationView } from "./replication.ts";

const volunteers = (count: number, availability = 1) =>
  Array.from({ length: count }, (_, node) => ({
    ...{ node, free: 100, volatile: false, availability },
  }));

test("subtree: a volunteer mirrors a part of the repository whole, or nothing of it", () => {
  const holders = (file: number, subtree: number) =>
    new Set(place("subtree", { file, subtree, volunteers: volunteers(100) }));
  assert.equal([...holders(1, 3)].sort(), [...holders(2, 3)].sort());
  assert.not.equal([...holders(1, 3)].sort(), [...holders(1, 4)].sort());
  const all = { volunteers: volunteers(100) };
  assert.is(place("subtree", all, { coverage: 1 }).length, 100);
  assert.is(place("subtree", all, { coverage: 0 }).length, 0);
});

test("rendezvous: copies are spread evenly, and more copies only add", () => {
  const copies = Array.from({ length: 10 }, () => 0);
  for (let file = 0; file < 3000; file++) {
    const view = { file, volunteers: volunteers(10) };
    const three = place("rendezvous", view);
    assert.equal(place("rendezvous", view, { replicas: 4 }).slice(0, 3), three);
    for (const index of three) copies[index]++;
  }
  // 3 · 3000 copies on 10 volunteers; a binomial's standard deviation is 25.
  for (const count of copies) assert.ok(Math.abs(count - 900) < 4 * 25, `${copies}`);
});

test("rendezvous: who is full or gone is replaced by the next, and nobody else moves", () => {
  const all = volunteers(10);
  const [first, ...others] = place("rendezvous", { volunteers: all });
  const without = all.map((volunteer, i) => (i === first ? { ...volunteer, free: 0 } : volunteer));
  const instead = place("rendezvous", { volunteers: without });
  assert.equal(instead.slice(0, 2), others);
  assert.is(instead.includes(first), false);
  const exact = [{ node: 0, free: 100, volatile: false }];
  assert.equal(place("rendezvous", { size: 100, volunteers: exact }), [0]);
  assert.equal(place("rendezvous", { size: 101, volunteers: exact }), []);
});

test("demand-driven: one copy for each ten misses", () => {
  const copies = (misses: number) =>
    place("demand-driven", {
      ...{ volunteers: volunteers(10), demand: { ...NO_DEMAND, misses } },
    }).length;
  assert.equal([0, 9, 10, 39, 1000].map(copies), [0, 0, 1, 3, 10]);
});

test("popularity-ranked: the head is everywhere, the tail has few copies", () => {
  const copies = (rank: number) =>
    place("popularity-ranked", {
      ...{ volunteers: volunteers(10), demand: { ...NO_DEMAND, files: 100, rank } },
    }).length;
  assert.equal([0, 9, 10, 99].map(copies), [10, 10, 1, 1]);
});

test("square-root: copies make the expected search shortest, (Σ√q)² = 699.9 of 1000 files", () => {
  // Searching blindly for a file takes 1/p probes if it has the share p of all copies. With Zipf's
  // demand, q ∝ i^-0.8, Σ q/p is 1000 both for equal and for proportional copies, and least for the
  // root (Cohen and Shenker, SIGCOMM 2002).
  const weights = Array.from({ length: 1000 }, (_, i) => (i + 1) ** -0.8);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => weight / total);
  const rootSum = shares.reduce((sum, share) => sum + Math.sqrt(share), 0);
  assert.ok(Math.abs(rootSum ** 2 - 699.925) < 0.001);
  const all = volunteers(2000);
  const copies = shares.map((share, rank) => {
    const demand = { ...NO_DEMAND, files: 1000, rank, share, rootSum };
    return place("square-root", { file: rank, volunteers: all, demand }, { mean: 200 }).length;
  });
  const made = copies.reduce((sum, count) => sum + count, 0);
  const probes = shares.reduce((sum, share, i) => sum + (share * made) / copies[i], 0);
  assert.ok(Math.abs(probes - 699.925) < 0.05, `${probes}`); // Copies are whole.
});

test("availability target: k with 1 − (1 − a)^k ≥ A", () => {
  // log(1 − A) / log(1 − a), rounded up: 13/20/26 copies for a = 0.3, and so on.
  const table = [
    { a: 0.3, copies: [13, 20, 26] },
    { a: 0.5, copies: [7, 10, 14] },
    { a: 0.9, copies: [2, 3, 4] },
  ];
  for (const { a, copies } of table) {
    const made = [0.99, 0.999, 0.9999].map(
      (target) =>
        place("availability-target", { volunteers: volunteers(40, a) }, { target }).length,
    );
    assert.equal(made, copies);
  }
});

test("availability target: one that is always on is enough, and all are where that is too few", () => {
  assert.is(place("availability-target", { volunteers: volunteers(9) }).length, 1);
  assert.is(place("availability-target", { volunteers: volunteers(9, 0.1) }).length, 9);
});

test("a union puts a file wherever one of the two puts it, with the params of both", () => {
  const all = volunteers(9).map((volunteer, i) => ({ ...volunteer, volatile: i > 0 }));
  const view = { volunteers: all, age: Number.POSITIVE_INFINITY };
  const replicas = place("rendezvous", view, { replicas: 2 });
  assert.equal(place("new-releases+rendezvous", view, { replicas: 2, window: 10 }), [
    ...new Set([0, ...replicas]),
  ]);
  assert.throws(() => place("rendezvous+all", view), /^unknown policy: all; known: everything/);
});

test.run();

/** Whom the policy gives a file of one byte that is an hour old. */
function place(
  name: string,
  view: Partial<ReplicationView> & Pick<ReplicationView, "volunteers">,
  params: Readonly<Record<string, number>> = {},
): readonly number[] {
  const whole = { file: 0, size: 1, age: 3600, count: view.volunteers.length, ...view };
  const policy = policyNamed<ReplicationPolicy>(policies.replication, name);
  return bind(policy, params).decide(whole, replay([])).copyTo;
}
