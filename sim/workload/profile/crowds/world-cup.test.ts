/** Real flash crowds with real times: requests a minute to the World Cup 98 site. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rhythmOf } from "../rhythm.ts";
import { coarser } from "../testing.ts";
import { findCrowds } from "./find-crowds.ts";

const FILE = "../shared/data/wc98-per-minute/requests_per_minute.csv.gz";
const DAY = 86_400;
const WIDTH = 600;

const realTests = suite("World Cup 98");
const test = existsSync(FILE) ? realTests : realTests.skip;
if (!existsSync(FILE)) console.log(`\nskipped: the tests on real flash crowds; no ${FILE}`);
realTests(
  `the data are ${existsSync(FILE) ? "here" : "not here, and the tests on them are skipped"}`,
  () => {},
);

/** Counts in ten minutes from the midnight before the first. */
function counts() {
  const lines = gunzipSync(readFileSync(FILE)).toString().trim().split("\n").slice(1);
  const rows = lines.map((line) => {
    const [period, count] = line.split(",");
    return { time: Date.parse(`${period.replace(" ", "T")}Z`) / 1000, count: Number(count) };
  });
  const start = Math.floor(rows[0].time / DAY) * DAY;
  const values = new Float64Array(Math.ceil((rows[rows.length - 1].time + 60 - start) / WIDTH));
  for (const { time, count } of rows) values[Math.floor((time - start) / WIDTH)] += count;
  return { start, values, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

test("matches are found as crowds on their days, the greatest on 30 June", () => {
  const { start, values, total } = counts();
  assert.is(total, 1_352_804_107);
  const { hours } = rhythmOf(coarser(values, 6), start);
  const crowds = findCrowds(
    { start: 0, width: WIDTH, values },
    (time) => hours[Math.floor(time / 3600) % 24],
  );
  const dateOf = (time: number) => new Date((start + time) * 1000).toISOString().slice(0, 10);

  const greatest = crowds.reduce((most, crowd) => (crowd.height > most.height ? crowd : most));
  assert.is(dateOf(greatest.peak), "1998-06-30"); // Argentina and England, the site's record.

  // Matches were played on 25 days from 10 June to 12 July; on other days nobody comes.
  const days = new Set(
    crowds.filter(({ peakOverBase }) => (peakOverBase ?? 0) > 3).map(({ peak }) => dateOf(peak)),
  );
  const between = [...days].filter((day) => day >= "1998-06-10" && day <= "1998-07-12");
  assert.ok(between.length >= 12, `${between}`);
  for (const rest of ["1998-07-01", "1998-07-02", "1998-07-05", "1998-07-06", "1998-07-09"]) {
    assert.not.ok(days.has(rest), rest);
  }

  // The semi-finals of 7 and 8 July: they fall off within hours, not days.
  for (const day of ["1998-07-07", "1998-07-08"]) {
    const match = crowds.find(({ peak }) => dateOf(peak) === day);
    assert.ok((match?.peakOverBase ?? 0) > 5 && (match?.halfLife ?? DAY) < 3 * 3600, day);
  }
});

realTests.run();
