/** Statistics of the profile on published figures of real mirrors, where these are at hand. */
import { existsSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { accessRecipe } from "../../experiment/recipe/testing.ts";
import { weightOf } from "../synth/demand/popularity.ts";
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

function packageHits(): number[] {
  return rowsOf("package-repo-month-2018-09/hits_2018_09.tsv")
    .filter(([, path]) => path.includes("/All/") && path.endsWith(".txz"))
    .map(([hits]) => Number(hits))
    .sort((a, b) => b - a);
}

test("an operating system's packages begin with a plateau, exponent 0.12 to 0.18", () => {
  const law = fitRankLaw(packageHits());
  const [head, next] = law?.pieces ?? [];
  // 0.1185: the least of the range, since a piece of its own takes the bend at rank 174.
  assert.ok(head.exponent > 0.115 && head.exponent < 0.185, `${head.exponent}`);
  assert.ok(next.exponent > head.exponent);
  assert.ok((law?.distance ?? 1) < 0.02);
});

test("the generator's law of popularity, taken from apt-p2p, is that of these packages", () => {
  const counts = packageHits();
  // 35,348 paths, of which the report tells those most requested.
  const { popularity } = accessRecipe().demand;
  const weights = counts.map((_, rank) => weightOf((rank + 0.5) / 35_348, popularity));
  const [all, most] = [counts, weights].map((each) => each.reduce((sum, one) => sum + one, 0));
  let [gap, largest] = [0, 0];
  for (const [rank, count] of counts.entries()) {
    gap += count / all - weights[rank] / most;
    largest = Math.max(largest, Math.abs(gap));
  }
  assert.ok(largest < 0.03, `${largest}`);
});

test("weekends carry about half of midweek's requests to a language's mirror", () => {
  const rows = rowsOf("package-repo-daily-totals/daily_totals.tsv").filter(
    ([day]) => day >= "2013-01-01",
  );
  const hourly = rows.flatMap(([, , requests]) =>
    new Array<number>(24).fill(Number(requests) / 24),
  );
  const { days, weekend } = rhythmOf(hourly, Date.parse(`${rows[0][0]}T00:00:00Z`) / 1000);
  assert.is(days?.length, 7);
  // 0.53 is the median over the years; here the later, larger ones count more.
  assert.ok(Math.abs((weekend ?? 0) - 0.52) < 0.05, `${weekend}`);
});

realTests.run();
