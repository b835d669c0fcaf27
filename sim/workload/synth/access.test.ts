import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { accessRecipe } from "../../experiment/recipe/testing.ts";
import { profileCustomers } from "../profile/customers.ts";
import { tallyFiles } from "../profile/file-tally.ts";
import { fitRankLaw } from "../profile/popularity/fit-rank-law.ts";
import { FILE_KINDS } from "../trace/trace.ts";
import { type SyntheticAccess, synthesizeAccess } from "./access.ts";
import type { AccessRecipe } from "./recipe.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const IMAGE = FILE_KINDS.indexOf("image");
const PACKAGE = FILE_KINDS.indexOf("package");

function made(scale: number, seed: number): SyntheticAccess {
  return synthesizeAccess(accessRecipe({ scale, seed }));
}

/** Share of the requests, each counting as much as `weight` says, that are as `is` says. */
function share(
  { requests }: SyntheticAccess,
  is: (file: number, row: number) => boolean,
  weight: (row: number) => number = () => 1,
): number {
  let [part, whole] = [0, 0];
  for (let row = 0; row < requests.requests; row++) {
    whole += weight(row);
    if (is(requests.file[row], row)) part += weight(row);
  }
  return whole === 0 ? 0 : part / whole;
}

function imageShare(trace: SyntheticAccess): number {
  const { catalogue, requests } = trace;
  return share(
    trace,
    (file) => catalogue.kind[file] === IMAGE,
    (row) => requests.bytes[row],
  );
}

function updateShare(trace: SyntheticAccess): number {
  const { kind, release } = trace.catalogue;
  return share(trace, (file) => kind[file] === PACKAGE && release[file] >= 0);
}

function perDay({ requests, window }: SyntheticAccess): number[] {
  const counts = new Array<number>(window / DAY).fill(0);
  for (const time of requests.time) counts[Math.floor(time / DAY)]++;
  return counts.map((count) => count / requests.requests);
}

/** Everything that must be true of any trace. */
function checkRows({ catalogue, requests, customers, window }: SyntheticAccess): void {
  const { time, file, customer, bytes, status, visit } = requests;
  const first: number[] = []; // Rows, by visit.
  for (let row = 0; row < requests.requests; row++) {
    assert.ok(row === 0 || time[row] >= time[row - 1], `times rise: ${row}`);
    assert.ok(time[row] >= 0 && time[row] < window, `time ${time[row]}`);
    assert.ok(file[row] < catalogue.files, `file ${file[row]}`);
    assert.ok(customer[row] < customers.length, `customer ${customer[row]}`);
    const size = catalogue.size[file[row]];
    assert.ok(bytes[row] >= 1 && bytes[row] <= size && Number.isInteger(bytes[row]));
    assert.ok(status[row] === 200 || (status[row] === 206 && bytes[row] < size));
    assert.ok(time[row] >= catalogue.release[file[row]], "nothing is asked for before its release");
    if (visit[row] === first.length) first.push(row);
    assert.ok(visit[row] < first.length, `visits are numbered by their first requests: ${row}`);
    assert.is(customer[row], customer[first[visit[row]]], "a visit is one customer's");
  }
}

for (const seed of [1, 2, 3]) {
  test(`a hundredth of the trace has the abstract's figures, seed ${seed}`, () => {
    const trace = made(0.01, seed);
    checkRows(trace);
    assert.is(trace.window, 10 * DAY);
    assert.is(trace.customers.length, 500);
    assert.ok(Math.abs(imageShare(trace) - 0.71) < 1e-6, `${imageShare(trace)}`);
    // "Nevertheless the percentage of downloads for update packages is large": more than half.
    assert.ok(updateShare(trace) > 0.7 && updateShare(trace) < 0.9, `${updateShare(trace)}`);
  });
}

const one = made(0.01, 1);
const two = made(0.02, 1);
const ten = made(0.1, 1);

test("equal seeds make equal traces, and other seeds others", () => {
  const columns = ({ requests, catalogue }: SyntheticAccess) =>
    [
      requests.time,
      requests.customer,
      requests.file,
      requests.bytes,
      requests.status,
      requests.visit,
    ]
      .concat([catalogue.size, catalogue.digest, catalogue.release])
      .map((column) => [...column]);
  assert.equal(columns(made(0.01, 1)), columns(one));
  assert.not.equal(columns(made(0.01, 2)), columns(one));
});

test("customers fetch packages of their own distribution, release and architecture", () => {
  const { catalogue, requests } = one;
  const distributionOf = new Map<number, number>();
  for (let row = 0; row < requests.requests; row++) {
    const file = requests.file[row];
    if (catalogue.kind[file] === IMAGE) continue;
    const distribution = catalogue.distributionOf[file];
    const known = distributionOf.get(requests.customer[row]) ?? distribution;
    assert.is(distribution, known);
    distributionOf.set(requests.customer[row], known);
  }
  assert.is(new Set(distributionOf.values()).size, 10);
});

test("a visit is for one image, or reads an index and fetches what it lists", () => {
  const { catalogue, requests } = one;
  const INDEX = FILE_KINDS.indexOf("index");
  const firstFile: number[] = [];
  const rows: number[] = [];
  for (let row = 0; row < requests.requests; row++) {
    const [file, visit] = [requests.file[row], requests.visit[row]];
    if (visit === firstFile.length) {
      firstFile.push(file);
      rows.push(0);
    }
    rows[visit]++;
    if (catalogue.kind[file] === IMAGE) assert.is(file, firstFile[visit]);
    else assert.is(catalogue.kind[firstFile[visit]], INDEX);
  }
  // 500 customers look for news 0.2 times on each of 10 days, and some 45 fetch an image: no other
  // visit is of one request. The bound is five standard deviations of a Poisson process.
  const single = rows.filter((count) => count === 1).length;
  assert.ok(Math.abs(single - 1045) < 5 * Math.sqrt(1045), `${single}`);
});

test("weekends are quiet but not empty, and nights are", () => {
  const days = perDay(ten);
  const weekend = (days[5] + days[6]) / 2;
  const midweek = (days[1] + days[2] + days[3] + days[8] + days[9]) / 5;
  // As ten years of a package mirror: 0.53.
  assert.ok(Math.abs(weekend / midweek - 0.53) < 0.05, `${days}`);
  const hour = (row: number) => Math.floor((two.requests.time[row] % DAY) / HOUR);
  const night = share(two, (_, row) => hour(row) < 6);
  const afternoon = share(two, (_, row) => hour(row) >= 12 && hour(row) < 18);
  assert.ok(night < 0.6 * afternoon, `${night} ${afternoon}`);
});

test("customers are as uneven as in logs, and ask again for what they had", () => {
  const { busiestHundredth, repeated } = profileCustomers(ten);
  // 19 and 21 % in two logs; 16 and 44 % of the requests are for what the customer had.
  assert.ok((busiestHundredth ?? 0) > 0.17 && (busiestHundredth ?? 1) < 0.23);
  const again = repeated / ten.requests.requests;
  assert.ok(again > 0.16 && again < 0.44, `${again}`);
});

test("some downloads break, and of these most go on by a range", () => {
  const { bytes, file, status } = two.requests;
  const partial = share(two, (_, row) => bytes[row] < two.catalogue.size[file[row]]);
  const ranges = share(two, (_, row) => status[row] === 206);
  assert.ok(partial > 0.005 && partial < 0.03, `${partial}`);
  assert.ok(ranges > 0.5 * 0.005 && ranges < partial, `${ranges}`);
});

/** Requests of each customer, or of each file that was requested, the most first. */
function counts(trace: SyntheticAccess, column: "customer" | "file", length: number): number[] {
  const tally = new Uint32Array(length);
  for (const index of trace.requests[column]) tally[index]++;
  return [...tally].filter((count) => count > 0).sort((a, b) => b - a);
}

test("shapes are the same at twice the scale", () => {
  const perCustomer = (trace: SyntheticAccess) => trace.requests.requests / trace.customers.length;
  assert.ok(Math.abs(perCustomer(two) / perCustomer(one) - 1) < 0.1);
  assert.ok(Math.abs(updateShare(two) - updateShare(one)) < 0.05);
  const [days, otherDays] = [perDay(one), perDay(two)];
  const distance = days.reduce((sum, part, day) => sum + Math.abs(part - otherDays[day]) / 2, 0);
  // A release of a small repository has few packages, and so a size that varies.
  assert.ok(distance < 0.1, `days: total variation ${distance}`);
  for (const column of ["customer", "file"] as const) {
    const [few, many] = [one, two].map((trace) =>
      counts(trace, column, column === "file" ? trace.catalogue.files : trace.customers.length),
    );
    for (const part of [0.01, 0.1, 0.5]) {
      const [a, b] = [topShare(few, part), topShare(many, part)];
      assert.ok(Math.abs(a - b) < 0.1, `${column}: top ${part} has ${a} and ${b}`);
    }
  }
});

/** Share of the requests that the first part of those with the most have. */
function topShare(sorted: readonly number[], part: number): number {
  const all = sorted.reduce((sum, count) => sum + count, 0);
  const top = sorted.slice(0, Math.ceil(part * sorted.length));
  return top.reduce((sum, count) => sum + count, 0) / all;
}

test("popularity of packages has a flat head and an ever steeper tail", () => {
  const requests = tallyFiles(ten).requests.filter(
    (_, file) => ten.catalogue.kind[file] === PACKAGE,
  );
  const pieces = fitRankLaw(requests.sort().reverse())?.pieces ?? [];
  const [head, body, tail] = pieces.map(({ exponent }) => exponent);
  // An operating system's repository has 0.12 to 0.18; here ten share a few ranks.
  assert.ok(head < 0.35 && head < body && body < tail, `${[head, body, tail]}`);
  assert.ok(tail > 1.1 && tail < 1.7, `${tail}`);
});

test("whatever the demand, every row is valid and images have their share", () => {
  const demand = fc.record({
    customers: fc.integer({ min: 100, max: 20_000 }),
    imageBytes: fc.double({ min: 0, max: 0.95, noNaN: true }),
    firstDay: fc.double({ min: 0.05, max: 0.99, noNaN: true }),
    installed: fc.double({ min: 0, max: 300, noNaN: true }),
    polls: fc.double({ min: 0.1, max: 2, noNaN: true }),
    installs: fc.double({ min: 0, max: 0.1, noNaN: true }),
    visitsIndex: fc.double({ min: 1.01, max: 1000, noNaN: true }),
    together: fc.double({ min: 0, max: 1, noNaN: true }),
    suiteExponent: fc.double({ min: 0, max: 20, noNaN: true }),
    everyDay: fc.double({ min: 0, max: 1, noNaN: true }),
    prompt: fc.double({ min: 0, max: 1, noNaN: true }),
    popularity: fc.record({
      flat: fc.double({ min: 0.0001, max: 1, noNaN: true }),
      exponent: fc.double({ min: 0, max: 20, noNaN: true }),
    }),
    newImages: fc.double({ min: 0, max: 1, noNaN: true }),
    failures: fc.double({ min: 0, max: 0.5, noNaN: true }),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(demand, ({ failures, seed, ...change }) => {
      const recipe = accessRecipe({ scale: 0.01, seed });
      const varied: AccessRecipe = {
        ...recipe,
        demand: { ...recipe.demand, ...change },
        transfers: { ...recipe.transfers, failures },
      };
      const trace = synthesizeAccess(varied);
      checkRows(trace);
      const total = trace.requests.bytes.reduce((sum, bytes) => sum + bytes, 0);
      assert.ok(Math.abs(imageShare(trace) - change.imageBytes) < 2 / total + 1e-9);
    }),
    { numRuns: 10 },
  );
});

test.run();
