import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Counts, OTHERS, Sums } from "./counts.ts";
import { FrequentFiles } from "./frequent-files.ts";
import { History, SAMPLES } from "./history.ts";
import { Tally } from "./tally.ts";

test("counts tell a hundred names apart, and count all others together", () => {
  const counts = new Counts();
  for (let name = 0; name < 150; name++) counts.add(`name ${name}`, 2);
  counts.add("name 3");
  counts.add("name 149");
  assert.is(counts.of("name 3"), 3);
  assert.is(counts.of("name 149"), 0);
  assert.is(counts.of(OTHERS), 2 * 50 + 1);
  assert.is(counts.total, 302);
  assert.is([...counts].length, 101);
  assert.equal([...counts][99], ["name 99", 2]);
});

test("sums are kept for numbers however large", () => {
  const sums = new Sums();
  sums.add(3, 1.5);
  sums.add(1000, 2);
  sums.add(3, 1);
  assert.equal([sums.of(3), sums.of(1000), sums.of(4), sums.of(1e9)], [2.5, 2, 0, 0]);
});

test("of frequent files, no count is too large, nor short by more than a thousandth of all", () => {
  const asks = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 });
  fc.assert(
    fc.property(asks, fc.integer({ min: 1, max: 2500 }), (crowd, rare) => {
      const files = new FrequentFiles(0);
      // Files that are asked for once each, between those of the crowd.
      for (let at = 0; at < rare; at++) {
        files.add(1000 + at);
        for (const file of crowd) if (at % 10 === file % 10) files.add(file);
      }
      const truth = new Map<number, number>();
      let all = rare;
      for (let at = 0; at < rare; at++) {
        for (const file of crowd) {
          if (at % 10 !== file % 10) continue;
          truth.set(file, (truth.get(file) ?? 0) + 1);
          all++;
        }
      }
      const { files: told, requests } = files.most(1e6, 1);
      assert.is(requests, all);
      const counted = new Map(told.map(({ file, requests: count }) => [file, count]));
      for (const [file, count] of truth) {
        const found = counted.get(file) ?? 0;
        assert.ok(found <= count && found >= count - all / 1000, `${found} of ${count}`);
      }
    }),
    { numRuns: 30 },
  );
});

test("frequent files forget what is older than five minutes, and the most asked come first", () => {
  const files = new FrequentFiles(100);
  files.add(7);
  for (let minute = 1; minute <= 4; minute++) {
    files.turn(100 + 60 * minute - 1); // A minute is not over before its end.
    files.turn(100 + 60 * minute);
    files.add(8);
    files.add(9);
  }
  files.add(9);
  const kept = files.most(2, 350);
  assert.equal(kept, {
    ...{ seconds: 250, requests: 10 },
    files: [
      { file: 9, requests: 5 },
      { file: 8, requests: 4 },
    ],
  });
  files.turn(400);
  assert.equal(files.most(9, 400), {
    ...{ seconds: 240, requests: 9 },
    files: [
      { file: 9, requests: 5 },
      { file: 8, requests: 4 },
    ],
  });
});

function redirect(tally: Tally, reason: string, volunteer = 0): void {
  tally.decided({ kind: "redirect", volunteer, reason, retryAfter: 0 }, 1, 10);
}

test("the course tells how much each count grew in each sample, the last 360 of them", () => {
  const tally = new Tally(0);
  redirect(tally, "idle", 1);
  const history = new History(tally, 0);
  history.sample(10, 2, 0);
  history.sample(10, 2, 5); // No time has passed: nothing can be told of it.
  redirect(tally, "idle", 1);
  redirect(tally, "idle", 0);
  redirect(tally, "only one", 0);
  tally.answered("error", 500);
  tally.complained("asked again");
  tally.refused("wrong signature");
  tally.audited(0, "failed");
  tally.audited(0, "unanswered");
  tally.probed(false);
  tally.probed(true);
  history.sample(25, 2, 7);
  const { seconds, decisions, bytes, answers, troubles, redirects } = history.course();
  assert.equal(seconds, [10, 15]);
  assert.equal(decisions, [
    { kind: "redirect", name: "idle", counts: [1, 2] },
    { kind: "redirect", name: "only one", counts: [0, 1] },
  ]);
  assert.equal(bytes[0], { name: "redirect", counts: [10, 30] });
  assert.equal(answers, [{ name: "error", counts: [0, 1] }]);
  assert.equal(
    troubles.map(({ name, counts }) => `${name}: ${counts}`),
    [
      "answers not recorded: 0,7",
      "announces refused: 0,1",
      "downloads asked for again: 0,1",
      "audits failed: 0,1",
      "probes unanswered: 0,1",
      "answers with status 5xx: 0,1",
    ],
  );
  assert.equal(
    [...redirects],
    [
      [0, [0, 2]],
      [1, [1, 1]],
    ],
  );

  for (let at = 1; at <= SAMPLES - 1; at++) {
    if (at === SAMPLES - 1) redirect(tally, "idle");
    history.sample(25 + 10 * at, 2, 7);
  }
  const later = history.course();
  assert.equal([later.seconds.length, later.seconds[0], later.seconds[1]], [360, 15, 10]);
  const [{ counts }] = later.decisions;
  assert.equal([counts[0], counts[1], counts[359]], [2, 0, 1]);
});

test.run();
