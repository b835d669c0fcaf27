/**
 * What the systems do that policies are named after, in shares of requests. Each share is computed by
 * hand from the original's rule; drawn ones are within four standard deviations.
 */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type DispatchPolicy, policies, policyNamed } from "../index.ts";
import { bind } from "../policy.ts";
import { candidate, client, dispatchView, known, stream } from "../testing.ts";
import type { Candidate, DispatchView } from "./dispatch.ts";
import { type ClientFacts, PLAIN_VOLUNTEER, type VolunteerFacts } from "./facts.ts";
import { isWithin, north, shares } from "./testing.ts";

const REQUESTS = 20_000;

/** That the policy gives each candidate its share of the requests. */
function gives(
  name: string,
  view: DispatchView,
  expected: readonly number[],
  params: Readonly<Record<string, number>> = {},
): void {
  const found = shares(
    bind(policyNamed<DispatchPolicy>(policies.dispatch, name), params),
    view,
    REQUESTS,
  );
  assert.ok(isWithin(found, expected, REQUESTS), `${found}, not ${expected}`);
}

const viewOf = (here: Partial<ClientFacts>, ...volunteers: readonly Partial<VolunteerFacts>[]) =>
  dispatchView(
    volunteers.map((facts, node) => known(node, facts)),
    { client: client(here) },
  );

const at = (latitude: number, longitude: number) => ({ position: { latitude, longitude } });

const probed = (latency: Partial<VolunteerFacts["latency"]>): Partial<VolunteerFacts> => ({
  latency: { ...PLAIN_VOLUNTEER.latency, ...latency },
});

test("Dragonfly passes over a parent whose last cost is a thousand times the mean of those before", () => {
  // Fifteen of 1 s and one of 1000 s: above 20 · 1 s. With itself the mean would be 63 s, of sixteen
  // any sample is at most sixteen times that, and so none ever were above twenty times.
  const sudden = probed({ samples: 16, last: 1000, mean: 1, deviation: 0 });
  const all = viewOf({}, sudden, { joinedAt: 0 });
  const loaded = { ...all.candidates[1], uploadRate: 1e6, pending: 1e9 };
  gives("dragonfly", { ...all, candidates: [all.candidates[0], loaded] }, [0, 1]);
  // Not until there are 2000 does it take three deviations for much.
  const usual = (samples: number) =>
    viewOf({}, probed({ samples, last: 5, mean: 1, deviation: 1 }));
  const beside = (samples: number) => [usual(samples).candidates[0], loaded];
  gives("dragonfly", dispatchView(beside(1999)), [1, 0]);
  gives("dragonfly", dispatchView(beside(2000)), [0, 1]);
});

test("Dragonfly does not look at how many transfers are free when it filters parents", () => {
  // Of 128 MiB/s, 8 pieces a second: 300 transfers cost 0.6 · 0.2 · (1 − 8/300) of the score, and less
  // than an uplink that is busy, 0.6 · 0.5.
  const uplink = 128 * 1024 * 1024;
  const crowded = candidate(0, { uplink, transfers: 300 });
  const busy = candidate(1, { uplink, uploadRate: uplink });
  gives("dragonfly", dispatchView([crowded, busy]), [1, 0]);
});

test("Mirrorbits takes two unknown networks for the same, so that a campus without numbers is shared", () => {
  // As in the policy's own test with a network in common: 82 and 14 of 96; without one 52 and none.
  const campus = [5, 13, 21, 29, 37, 45, 53, 61].map((far) => ({
    ...{ position: north(far), countries: ["DE"] },
  }));
  const here = { position: north(0), country: "DE" };
  gives("mirrorbits", viewOf(here, ...campus), [82 / 96, 14 / 96, 0, 0, 0, 0, 0, 0]);
  gives("mirrorbits", viewOf({ ...here, asNumber: 1 }, ...campus), [1, 0, 0, 0, 0, 0, 0, 0]);
});

test("Mirrorbits measures from zero degrees where it knows the country alone", () => {
  // Farthest F = 100. At 10 km (100 − 10 + 1) + (100 − 10) + 50 − 100 = 131, near; at 20 km
  // (100 − 20 + 1) + (100 − 5 · 20) + 50 − 100 = 31.
  const mirrors = [10, 20, 100].map((far) => ({ position: north(far), countries: ["DE"] }));
  gives("mirrorbits", viewOf({ country: "DE" }, ...mirrors), [131 / 162, 31 / 162, 0]);
  // A mirror without a position stands there itself: 101 + 100 + 50 − 100, and 31 by its country.
  const lost = [{ countries: ["DE"] }, ...mirrors.slice(1)];
  gives("mirrorbits", viewOf({ country: "DE" }, ...lost), [151 / 182, 31 / 182, 0]);
});

test("MirrorBrain has one group for all prefixes that contain the client", () => {
  const here = { networks: ["10.1.0.0/16", "10.0.0.0/8"] };
  const [narrow, wide] = [{ network: "10.1.0.0/16" }, { network: "10.0.0.0/8" }];
  gives("mirrorbrain", viewOf(here, narrow, wide, {}), [1 / 2, 1 / 2, 0]);
});

test("MirrorBrain goes by distance as soon as it knows the client's place", () => {
  const here = { country: "DE", ...at(50, 10) };
  const german = [at(60, 20), at(51, 11), at(40, 20)].map((it) => ({ ...it, countries: ["DE"] }));
  gives("mirrorbrain", viewOf(here, ...german), [0, 1, 0]);
});

test("MirrorBrain cuts distances off to whole thousandths of degrees, and then draws", () => {
  // 0.0001 and 0.0009 degrees are nothing, 0.0011 is one thousandth.
  const near = [0.0001, 0.0009, 0.0011].map((far) => at(50 + far, 10));
  gives("mirrorbrain", viewOf(at(50, 10), ...near), [1 / 2, 1 / 2, 0]);
  // Of two, 2e6/2 divided by weights of 999,999 and 1,000,000 is one both; their ranks are all 0.
  const heavy = [999_999, 1_000_000].map((weight) => ({ ...at(50, 10), weight }));
  gives("mirrorbrain", viewOf(at(50, 10), ...heavy), [1 / 2, 1 / 2]);
});

test("MirrorCache rounds hundreds of kilometres as PostgreSQL does", () => {
  const fars = (...all: readonly number[]) =>
    viewOf({ position: north(0) }, ...all.map((far) => ({ position: north(far) })));
  gives("mirrorcache", fars(40, 60), [1, 0]);
  gives("mirrorcache", fars(90, 110), [1 / 2, 1 / 2]);
});

test("MirrorCache takes the lower score first", () => {
  const place = { position: north(0) };
  gives("mirrorcache", viewOf(place, { ...place, score: 20 }, { ...place, score: 10 }), [0, 1]);
});

test("Debian's redirector takes the deviation of a sample, from the last of the first quarter on", () => {
  // Of 1, 2, 3 and 4 degrees the inner ones are 1, 2 and 3, whose deviation is √(2/2) = 1: up to 2.
  const mirrors = [1, 2, 3, 4].map((far) => ({ ...at(far, 0), continents: ["EU"] }));
  gives("debian-redirector", viewOf({ continent: "EU", ...at(0, 0) }, ...mirrors), [
    1 / 2,
    1 / 2,
    0,
    0,
  ]);
});

test("Debian's redirector turns to hubs in two continents, and then to continents in a fixed order", () => {
  const mirror = (country: string, continent: string) => ({
    ...{ countries: [country], continents: [continent], ...at(0, 0) },
  });
  const mexican = { country: "MX", continent: "NA", ...at(0, 0) };
  const american = [mirror("US", "NA"), mirror("CA", "NA"), mirror("CU", "NA"), mirror("BR", "SA")];
  gives("debian-redirector", viewOf(mexican, ...american), [1 / 2, 1 / 2, 0, 0]);
  const swede = { country: "SE", continent: "EU", ...at(0, 0) };
  gives("debian-redirector", viewOf(swede, mirror("US", "NA"), mirror("DE", "EU")), [0, 1]);
  gives("debian-redirector", viewOf(swede, mirror("BR", "SA"), mirror("JP", "AS")), [0, 1]);
  const kenyan = { country: "KE", continent: "AF", ...at(0, 0) };
  gives("debian-redirector", viewOf(kenyan, mirror("JP", "AS"), mirror("US", "NA")), [0, 1]);
});

test("Envoy ejects one of ten at most, the first, however many fail", () => {
  const failing = [2, 1, 3, 4].map((failedAt) => ({ failures: 5, failedAt }));
  const all = viewOf({}, ...failing, {}, {}, {}, {}, {}, {});
  const ninth = 1 / 9;
  const expected = [ninth, 0, ...Array.from({ length: 8 }, () => ninth)];
  gives("outlier-ejection+random", { ...all, now: 5 }, expected);
});

test("Envoy's slow start scales a newcomer's weight: a tenth of 2.1 among three, of 1.1 among two", () => {
  const fresh = { joinedAt: 0 };
  const three = { ...viewOf({}, fresh, {}, {}), now: 1 };
  gives("slow-start+random", three, [0.1 / 2.1, 1 / 2.1, 1 / 2.1]);
  gives("slow-start+weighted", three, [0.1 / 2.1, 1 / 2.1, 1 / 2.1]);
  gives("slow-start+least-request", { ...viewOf({}, fresh, {}), now: 1 }, [0.1 / 1.1, 1 / 1.1]);
});

test("Envoy spills over to zones by what their share of hosts exceeds that of callers by", () => {
  // Ten hosts: a has 20 %, b 50 % and c 30 %; callers: 50 %, 40 % and 10 %. Of a's requests 20/50 stay,
  // and the rest goes to b by 50 − 40 and to c by 30 − 10, a third and two thirds.
  const zone = (site: string, hosts: number, demand: number) =>
    Array.from({ length: hosts }, () => ({ site, demand }));
  const zones = [...zone("a", 2, 0.5), ...zone("b", 5, 0.4), ...zone("c", 3, 0.1)];
  const expected = [
    ...[0.2, 0.2, ...Array.from({ length: 5 }, () => (0.6 * 1) / 3 / 5)],
    ...Array.from({ length: 3 }, () => (0.6 * 2) / 3 / 3),
  ];
  gives("zone-spillover", viewOf({ site: "a", demand: 0.5 }, ...zones), expected);
  // Below six hosts zones are not heeded.
  const few = [...zone("a", 1, 0.5), ...zone("b", 4, 0.5)];
  gives("zone-spillover", viewOf({ site: "a", demand: 0.5 }, ...few), [0.2, 0.2, 0.2, 0.2, 0.2]);
});

test("Prequal goes by what probes told of transfers and latency, a limited time and number of uses", () => {
  const probe = (transfers: number, median: number, rest: object = {}) =>
    probed({ samples: 9, at: 0, transfers, median, ...rest });
  // The fastest had 9 transfers where the others had 1, above the 2^-1/4-quantile of seven, the sixth.
  const six = [5, 4, 3, 6, 7, 8].map((median) => probe(1, median));
  gives("prequal", viewOf({}, probe(9, 1), ...six), [0, 0, 0, 1, 0, 0, 0]);
  // Once it has been used for a request it has a transfer more than is usual, and the next comes.
  const used = six.map((it, i) => (i === 2 ? probe(1, 3, { redirects: 1 }) : it));
  gives("prequal", viewOf({}, probe(9, 1), ...used), [0, 0, 1, 0, 0, 0, 0]);
  // What the host believes now does not count, and old probes are none: two of them are needed.
  const all = viewOf({}, probe(0, 1), probe(0, 2));
  const now = all.candidates.map((it, i): Candidate => ({ ...it, transfers: 9 - 9 * i }));
  gives("prequal", { ...all, candidates: now }, [1, 0]);
  gives("prequal", { ...all, candidates: now, now: 601 }, [1 / 2, 1 / 2]);
});

test("Kraken's ring gives a host of four times the uplink no more files than any other", () => {
  const hosts = [4e6, 1e6, 1e6, 1e6].map((uplink, node) => candidate(node, { uplink }));
  const owned = (params: Readonly<Record<string, number>>) => {
    const { decide } = bind(policyNamed<DispatchPolicy>(policies.dispatch, "rendezvous"), params);
    const times = [0, 0, 0, 0];
    for (let file = 0; file < REQUESTS; file++)
      times[decide(dispatchView(hosts, { file }), stream(1)).to]++;
    return times.map((files) => files / REQUESTS);
  };
  assert.ok(isWithin(owned({}), [1 / 4, 1 / 4, 1 / 4, 1 / 4], REQUESTS));
  assert.ok(isWithin(owned({ byUplink: 1 }), [4 / 7, 1 / 7, 1 / 7, 1 / 7], REQUESTS));
});

test("Kraken tells of what is complete in a sample of fifty: of ten of two hundred, two and a half", () => {
  const { decide } = bind(policyNamed(policies.handout, "completeness"));
  const known = Array.from({ length: 200 }, (_, number) => ({
    ...{ peer: number, complete: number < 10, origin: false, site: "" },
  }));
  const asking = { peer: 999, complete: false, origin: false, site: "" };
  const random = stream(1);
  let complete = 0;
  for (let trial = 0; trial < 5000; trial++) {
    const { peers } = decide({ asking, known, count: 200, wanted: 50 }, random);
    complete += peers.slice(0, 10).filter((i) => known[i].complete).length;
  }
  // Hypergeometric: mean 50 · 10/200, variance 2.5 · 0.95 · 150/199 = 1.79; of 5000, deviation 0.019.
  assert.ok(Math.abs(complete / 5000 - 2.5) < 4 * 0.019, `${complete / 5000}`);
});

test("what is named after a system says where its rule stands: repository, commit and file", () => {
  const names = ["mirrorbits", "mirrorbrain", "mirrorcache", "mirrormanager", "debian-redirector"];
  const others = ["dragonfly", "idle-bandwidth", "least-request", "zone-spillover", "bounded-load"];
  const all = [...policies.dispatch, ...policies.wrapper, ...policies.handout];
  const sourceOf = (name: string) => all.find((policy) => policy.name === name)?.source ?? "";
  for (const name of [
    ...names,
    ...others,
    "rendezvous",
    "slow-start",
    "outlier-ejection",
    "completeness",
  ]) {
    assert.match(sourceOf(name), /(^|; )[\w-]+\/[\w-]+ [\da-f]{7}, [\w/.-]*\w/, name);
  }
  assert.is(
    sourceOf("mirrormanager"),
    "adrianreber/mirrorlist-server f199d1f, src/bin/mirrorlist-server.rs",
  );
});

test("HAProxy shares slots out that are whole in all, not a rounded-up part to each", () => {
  // Four transfers and one more, times 1.25, are 6.25 and so 7 slots: 2, 2 and 3 for three alike. Each
  // by itself might have ⌈6.25/3⌉ = 3, and the first two would still have room.
  const [full, free] = [2, 0].map((transfers) => ({ transfers }));
  const all = [candidate(0, full), candidate(1, full), candidate(2, free)];
  const { decide } = bind(policyNamed<DispatchPolicy>(policies.dispatch, "bounded-load"));
  for (let file = 0; file < 200; file++) {
    assert.is(decide(dispatchView(all, { file }), stream(file)).to, 2);
  }
});

test("HAProxy's sixteen places for each server leave nobody with a fifth more or less of many", () => {
  // The gaps on a ring are exponential, and a place has half of two: of 40 with 16 each, an owner's part
  // has a deviation of √(1/2)/√16 = 0.18 of the mean. Eight places and one gap each had 0.35.
  const all = Array.from({ length: 40 }, (_, node) => candidate(node));
  const { decide } = bind(policyNamed<DispatchPolicy>(policies.dispatch, "bounded-load"), {
    factor: 10,
  });
  const times = all.map(() => 0);
  for (let file = 0; file < REQUESTS; file++)
    times[decide(dispatchView(all, { file }), stream(1)).to]++;
  const variance = times.reduce((sum, files) => sum + (files / 500 - 1) ** 2, 0) / 40;
  assert.ok(Math.abs(Math.sqrt(variance) - 0.18) < 0.06, `${Math.sqrt(variance)}`);
});

test.run();
