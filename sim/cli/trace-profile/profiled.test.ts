import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "uvu";
import * as assert from "uvu/assert";
import { synthesize } from "../../experiment/recipe/synthesize.ts";
import { traceCharts, tracePage } from "../../report/trace-page.ts";
import type { AccessProfile } from "../../workload/profile/profile-access.ts";
import { figuresOf } from "./figures.ts";
import { tracePageData } from "./page-data.ts";
import { type Profiled, profileJson } from "./profiled.ts";
import { readProfiled } from "./read-profiled.ts";
import { profileText } from "./text.ts";

const DATA = "../shared/data";
const OPTIONS = { maxBad: 0.01 };

let room = "";
let access: Profiled;
let sync: Profiled;
test.before(async () => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-profile-"));
  const downloads = { out: join(room, "downloads"), overrides: { scale: 0.03 } };
  synthesize("traces/hp-10day.yaml", downloads);
  synthesize("traces/hp-35day.yaml", { out: join(room, "syncs") });
  access = await readProfiled([join(room, "downloads", "requests.mlt")], OPTIONS);
  sync = await readProfiled([join(room, "syncs", "syncs.mlt")], OPTIONS);
});
test.after(() => rmSync(room, { recursive: true, force: true }));

test("a generated trace has the abstract's figures, each beside its target", () => {
  const { target, ...found } = JSON.parse(profileJson(access));
  for (const [name, tolerance] of [
    ["files", 0],
    ["bytes", 0.01],
    ["distributions", 0],
    ["shareUnder1MB", 0.01],
    ["largeDuplicateShare", 0.03],
    ["isoUploadShare", 0.01],
    ["days", 0],
  ] as const) {
    const gap = Math.abs(found[name] / target[name] - 1);
    assert.ok(gap <= tolerance, `${name}: ${found[name]} instead of ${target[name]}`);
  }
  assert.equal([target.files, target.shareUnder1MB, target.days], [66_000, 0.91, 10]);
  assert.equal([target.largeDuplicateShare, target.isoUploadShare], [0.17, 0.71]);
});

test("the keys that scripts ask for are numbers, and flash crowds a list", () => {
  const found = JSON.parse(profileJson(access));
  for (const name of ["requests", "uploadBytes", "updateRequestShare", "releases"]) {
    assert.type(found[name], "number");
    assert.ok(found[name] > 0, name);
  }
  assert.ok(found.flashCrowds.length > 0);
});

test("a release is found as a flash crowd and named", () => {
  const { flashCrowds } = access.profile as AccessProfile;
  const crowd = flashCrowds.find(({ subject }) => subject?.name === "debian at 3 d 10:00");
  assert.ok(crowd !== undefined);
  assert.ok((crowd.peakOverBase ?? 0) >= 2 && (crowd.halfLife ?? 0) > 3600);
});

test("the traced node's hours a day are the abstract's", () => {
  const { hoursPerDay, nodes, target } = JSON.parse(profileJson(sync));
  assert.is(nodes, 40);
  for (const [name, hours] of Object.entries({ mean: 1.81, max: 20.53, min: 0.54 })) {
    assert.ok(Math.abs(hoursPerDay[name] - hours) < 0.01, `${name} ${hoursPerDay[name]}`);
    assert.is(target.hoursPerDay[name], hours);
  }
});

test("the text tells figures, kinds, crowds and hours in lines that a terminal holds", () => {
  const text = profileText(access);
  for (const part of ["target", "images, of the bytes delivered", "Flash crowds", "█"]) {
    assert.match(text, part);
  }
  assert.match(profileText(sync), /hours a day of the traced node, mean +1\.81 +1\.81/);
  assert.ok(text.split("\n").every((line) => line.length <= 120));
});

test("what caches would answer is told beside what popularity alone gives", async () => {
  const { reuse } = access.profile as AccessProfile;
  const [table] = tracePageData(access).tables.filter(({ title }) => title.includes("cache"));
  assert.is(table.rows.length, reuse.caches.length);
  const [, share, hits, shuffled] = table.rows[2];
  const text = (value: number) => `${(100 * value).toFixed(1)} %`;
  assert.equal([share, hits], ["1.0 %", text(reuse.caches[2].hits)]);
  assert.is(shuffled, text(reuse.caches[2].shuffled));
  const told = new Map(figuresOf(access).map(({ label, value }) => [label, value]));
  const { requests } = access.profile as AccessProfile;
  const again = text(1 - reuse.first / requests);
  assert.is(told.get("requests for a file that anybody had asked for before"), again);
  assert.match(told.get("of packages alone") ?? "", "from rank 1");
  assert.match(told.get("requests on a day of the weekend, of a midweek day's") ?? "", / %$/);
});

test("visits by pauses are told of any trace, and beside them those that a trace tells", async () => {
  const labels = (profiled: Profiled) =>
    figuresOf(profiled).flatMap(({ label }) => (label.includes("visit") ? [label] : []));
  const paused = ["visits, by pauses of half an hour", "requests of such a visit, mean"];
  assert.equal(labels(access), [...paused, "visits, as the trace tells them"]);
  const log = await readProfiled(["traces/sample-access.log.gz"], OPTIONS);
  assert.equal(labels(log), paused);
});

test("the page has all charts of its kind", () => {
  assert.is(traceCharts(tracePageData(access)).length, 6);
  assert.is(traceCharts(tracePageData(sync)).length, 2);
  assert.match(tracePage(tracePageData(access)), "debian at 3 d 10:00");
});

test("a compiled trace goes alone", async () => {
  const path = join(room, "syncs", "syncs.mlt");
  try {
    await readProfiled([path, path], OPTIONS);
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /expected one compiled trace or logs; got/);
  }
});

test.run();

const real = suite("real logs");
const realTest = existsSync(DATA) ? real : real.skip;
if (!existsSync(DATA)) console.log(`\nskipped: the profiles of real logs; no ${DATA}`);

async function profileOf(name: string) {
  const profiled = await readProfiled([`${DATA}/${name}/access.log.gz`], OPTIONS);
  return { profile: profiled.profile as AccessProfile, notes: profiled.notes.join("\n") };
}

realTest("the APT server's log has three paths in 10.25 days and one truncated line", async () => {
  const { profile, notes } = await profileOf("apt-download-server-2015");
  assert.is(profile.files, 3);
  assert.ok(Math.abs(profile.days - 10.25) < 0.01);
  assert.match(notes, "of 29481 lines");
  assert.match(notes, "unreadable lines: 1");
  // As `awk '{print $9}' | sort | uniq -c` counts them.
  assert.match(notes, "19234 × status 404");
  assert.match(notes, "7758 × status 304");
});

realTest("the APT server's log is flat, since its times were invented", async () => {
  const { profile } = await profileOf("apt-download-server-2015");
  assert.equal(profile.flashCrowds, []);
  const { hours } = profile.rhythm;
  assert.ok(Math.max(...hours) < 1.5 && Math.min(...hours) > 0.6);
});

realTest(
  "of both logs the busiest hundredth has the share of a Pareto law of index 1.5",
  async () => {
    for (const name of ["apt-download-server-2015", "web-site-combined-2015"]) {
      const { busiestHundredth } = (await profileOf(name)).profile.customers;
      assert.ok(Math.abs((busiestHundredth ?? 0) - 0.01 ** (1 - 1 / 1.5)) < 0.03, name);
    }
  },
);

realTest("the web site's log has 10,000 rows, none of them an image of media", async () => {
  const { profile, notes } = await profileOf("web-site-combined-2015");
  assert.match(notes, "of 10000 lines");
  assert.match(notes, "202 × status 404");
  assert.is(profile.isoUploadShare, 0);
  assert.ok(profile.days > 3 && profile.days < 4); // 17 to 20 May.
  assert.equal(profile.flashCrowds, []);
});

real.run();
