/** When machines come for a release, seen in traces of little else. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { FILE_KINDS } from "../../trace/trace.ts";
import { synthesizeAccess } from "../access.ts";
import type { AccessRecipe } from "../recipe.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const PACKAGE = FILE_KINDS.indexOf("package");

/** The trace at a fiftieth with another demand, and the requests that machines of rhel begin visits by. */
function ofRhel(demand: Partial<AccessRecipe["demand"]>) {
  const recipe = accessRecipe({ scale: 0.02, seed: 1 });
  const nothingElse = { polls: 0, installs: 0, imageBytes: 0 };
  const trace = synthesizeAccess({
    ...recipe,
    demand: { ...recipe.demand, ...nothingElse, ...demand },
    releases: { ...recipe.releases, major: [] },
  });
  const { visit, time, customer, file, requests } = trace.requests;
  const visits: { readonly time: number; readonly customer: number }[] = [];
  let seen = 0;
  for (let row = 0; row < requests; row++) {
    if (visit[row] < seen) continue;
    seen++;
    if (trace.catalogue.distributionOf[file[row]] !== 0) continue;
    visits.push({ time: time[row], customer: customer[row] });
  }
  return { visits, trace };
}

/** Releases of rhel: on Mondays at ten. */
const FIRST = 10 * HOUR;
const SECOND = 7 * DAY + FIRST;

/** A third of the thousand customers have rhel; weights next to 1. */
const ALIKE = { visitsIndex: 1000 };
const RHEL = 350;

test("80 % of a release's prompt machines come within a day of it, every one once", () => {
  const { visits } = ofRhel({ ...ALIKE, prompt: 1 });
  const [early, all] = [FIRST + DAY, SECOND].map(
    (end) => visits.filter(({ time }) => time < end).length,
  );
  assert.ok(Math.abs(early / RHEL - 0.8) < 0.06, `${early}`);
  assert.ok(all > 0.95 * RHEL && all < 1.02 * RHEL, `${all}`);
  // None has anything to fetch before there is something new.
  assert.ok(visits[0].time > FIRST);
});

test("the others come within a week, when they are in use", () => {
  const { visits } = ofRhel({ ...ALIKE, prompt: 0, everyDay: 1 });
  // From Monday on: a seventh of them on each whole day, of the releases before, now and after.
  for (let day = 1; day < 7; day++) {
    const count = visits.filter(({ time }) => Math.floor(time / DAY) === day).length;
    assert.ok(Math.abs(count - RHEL / 7) < 5 * Math.sqrt(RHEL / 7), `${day}: ${count}`);
  }
  // Monday's before ten still have last week's release to fetch.
  assert.ok(visits[0].time < FIRST);
  // Of week-end days 0.52 of Wednesday's where all rest at weekends.
  const { visits: resting } = ofRhel({ ...ALIKE, prompt: 0, everyDay: 0 });
  const on = (day: number) => resting.filter(({ time }) => Math.floor(time / DAY) === day).length;
  const ratio = (on(5) + on(6)) / (on(2) + on(3));
  assert.ok(ratio > 0.3 && ratio < 0.8, `${ratio}`);
});

test("busy addresses come again for a release, together where their machines are alike", () => {
  const again = (together: number) => {
    const { visits } = ofRhel({ prompt: 1, together });
    const last = new Map<number, number>();
    let [soon, times] = [0, 0];
    for (const { time, customer } of visits) {
      const before = last.get(customer);
      last.set(customer, time);
      if (before === undefined) continue;
      times++;
      if (time - before < 600) soon++;
    }
    return { soon: soon / times, customers: last.size, visits: visits.length };
  };
  const [apart, close] = [again(0), again(1)];
  // Weights are of mean 1 in either case; of 80 % they are below 1.
  for (const { visits, customers } of [apart, close]) {
    assert.ok(visits > 1.3 * RHEL && visits < 2.4 * RHEL, `${visits}`);
    assert.ok(customers < 0.95 * RHEL, `${customers}`);
  }
  assert.ok(close.soon > apart.soon + 0.2, `${close.soon} ${apart.soon}`);
});

test("machines that update together fetch the same packages", () => {
  const { trace } = ofRhel({ prompt: 1, together: 1, others: 0 });
  const { customer, file, visit, requests } = trace.requests;
  const packages = new Map<number, { readonly customer: number; readonly files: Set<number> }>();
  for (let row = 0; row < requests; row++) {
    if (trace.catalogue.kind[file[row]] !== PACKAGE) continue;
    const own = packages.get(visit[row]) ?? { customer: customer[row], files: new Set() };
    own.files.add(file[row]);
    packages.set(visit[row], own);
  }
  const sets = new Map<number, Set<string>>();
  for (const { customer: who, files } of packages.values()) {
    const known = sets.get(who) ?? new Set();
    sets.set(who, known.add([...files].sort().join()));
  }
  // A customer is of one distribution, with at most three releases, one before the window.
  assert.ok([...sets.values()].every(({ size }) => size <= 3));
});

test("a release is a flash crowd: its first hour has many times the mean hour's requests", () => {
  const { visits } = ofRhel({ ...ALIKE, prompt: 1 });
  const first = visits.filter(({ time }) => time >= FIRST && time < FIRST + HOUR).length;
  // Some 7 % of a release's machines come in its first hour: 1 - 0.2^(1/24), less at that time of day.
  assert.ok(first > 3 * (visits.length / 240), `${first} of ${visits.length}`);
});

test.run();
