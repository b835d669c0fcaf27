import { test } from "uvu";
import * as assert from "uvu/assert";
import { unitHash } from "./hash.ts";
import { sampling } from "./sampling.ts";
import { replay, stream } from "./testing.ts";

test("every subset of the size wanted is as likely as any other", () => {
  const random = stream(1);
  const times = new Map<string, number>();
  for (let trial = 0; trial < 60_000; trial++) {
    const isTaken = sampling(4, 2, random);
    const subset = [0, 1, 2, 3].filter(() => isTaken()).join("");
    times.set(subset, (times.get(subset) ?? 0) + 1);
  }
  // 10000 each of six; a binomial's standard deviation is 91.
  assert.equal([...times.keys()].sort(), ["01", "02", "03", "12", "13", "23"]);
  for (const count of times.values()) assert.ok(Math.abs(count - 10_000) < 4 * 91, `${count}`);
});

test("all are taken without a draw where as many or more are wanted", () => {
  const isTaken = sampling(2, 3, replay([]));
  assert.equal([isTaken(), isTaken()], [true, true]);
});

test("hashes of pairs are spread evenly, in both of their numbers", () => {
  const eighths = (numbers: readonly number[]) => {
    const counts = Array.from({ length: 8 }, () => 0);
    for (const number of numbers) counts[Math.floor(8 * number)]++;
    return counts;
  };
  const all = Array.from({ length: 8000 }, (_, i) => i);
  const groups = [all.map((i) => unitHash(i, 7)), all.map((i) => unitHash(7, i))];
  // 1000 in each eighth; a binomial's standard deviation is 30.
  for (const count of groups.flatMap(eighths)) assert.ok(Math.abs(count - 1000) < 4 * 30);
});

test.run();
