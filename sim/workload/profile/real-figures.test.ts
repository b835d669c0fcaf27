/** Statistics of the profile on published figures of real mirrors, where these are at hand. */
import { existsSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fitRankLaw } from "./popularity/fit-rank-law.ts";
import { rhythmOf } from "./rhythm.ts";

const DATA = "../shared/data";

const realTests = suite("figures of real mirrors");
const test = existsSync(DATA) ? realTests : realTests.skip;
if (!existsSync(DATA)) console.log(`\nskipped: the tests on figures of real mirrors; no ${DATA}`);
realTests(
  `the data are ${existsSync(DATA) ? "here" : "not here, and the tests on them are skipped"}`,
  () => {},
);

function rowsOf(path: string): readonly (readonly string[])[] {
  const lines = readFileSync(`${DATA}/${path}`, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => line.split("\t"));
}

test("an operating system's packages begin with a plateau, exponent 0.12 to 0.18", () => {
  const counts = rowsOf("package-repo-month-2018-09/hits_2018_09.tsv")
    .filter(([, path]) => path.includes("/All/") && path.endsWith(".txz"))
    .map(([hits]) => Number(hits))
    .sort((a, b) => b - a);
  const law = fitRankLaw(counts);
  const [head, next] = law?.pieces ?? [];
  // 0.1185: the least of the range, since a piece of its own takes the bend at rank 174.
  assert.ok(head.exponent > 0.115 && head.exponent < 0.185, `${head.exponent}`);
  assert.ok(next.exponent > head.exponent);
  assert.ok((law?.distance ?? 1) < 0.02);
});

test("weekends carry about half of midweek's requests to a language's mirror", () => {
  const rows = rowsOf("package-repo-daily-totals/daily_totals.tsv").filter(
    ([day]) => day >= "2013-01-01",
  );
  const hourly = rows.flatMap(([, , requests]) =>
    new Array<number>(24).fill(Number(requests) / 24),
  );
  const { days } = rhythmOf(hourly, Date.parse(`${rows[0][0]}T00:00:00Z`) / 1000);
  assert.is(days?.length, 7);
  const [, tuesday, wednesday, thursday, , saturday, sunday] = days ?? [];
  const weekend = (saturday + sunday) / 2 / ((tuesday + wednesday + thursday) / 3);
  // 0.53 is the median over the years; here the later, larger ones count more.
  assert.ok(Math.abs(weekend - 0.52) < 0.05, `${weekend}`);
});

realTests.run();
