import { test } from "uvu";
import * as assert from "uvu/assert";
import { PLAIN_VOLUNTEER } from "../policies/index.ts";
import type { InFlight, Sources } from "./in-flight/in-flight.ts";
import type { Report } from "./report.ts";
import { type Offer, Volunteer } from "./volunteer.ts";

const NEVER = Number.NEGATIVE_INFINITY;
const NO_LIMIT = Number.POSITIVE_INFINITY;

/** What volunteer 3 is believed to be sending. */
const LOAD = {
  ...{ transfers: 13, foreign: 23, rate: 33, refresh: () => {} },
  ahead: (size: number, now: number) => (size === NO_LIMIT ? 1003 : size + 3) + now,
};

const ALL: Sources = { reports: true, redirects: true };

/** Tells what it is asked and told, in words. */
function told(sources = ALL) {
  const calls: string[] = [];
  const inFlight = {
    sources,
    register: (volunteer: number, claim: number, now: number) =>
      calls.push(`${volunteer} claims ${claim} at ${now}`),
    report: (volunteer: number, { active }: Report, progress: unknown, now: number) =>
      calls.push(`${volunteer} reports ${active} ${JSON.stringify(progress)} at ${now}`),
    at: () => LOAD,
  } as unknown as InFlight;
  return { inFlight, calls };
}

function volunteerOf(offer: Offer = { uplink: 10 }, sources = ALL) {
  const { inFlight, calls } = told(sources);
  const question = { now: 0, size: 0 };
  const volunteer = new Volunteer(3, inFlight, question, (site) => site.length / 10);
  volunteer.register(offer, 0);
  return { volunteer, question, calls };
}

const report = (totals: Partial<Report> = {}): Report => ({
  ...{ uploaded: 0, downloaded: 0, left: 0, completed: [], dropped: [], started: false },
  ...totals,
});

test("what is not offered is without limits and always there", () => {
  const { volunteer, calls } = volunteerOf();
  const { node, uplink, shared, caches, disk, volatile: comesAndGoes, availability } = volunteer;
  assert.equal(
    { node, uplink, shared, caches, disk, comesAndGoes, availability },
    {
      ...{ node: 3, uplink: 10, shared: NO_LIMIT, caches: false, disk: NO_LIMIT },
      ...{ comesAndGoes: false, availability: 1 },
    },
  );
  assert.is(volunteer.covers(1e9), true);
  const { latency, ...facts } = volunteer.facts;
  assert.equal({ ...facts, latency: PLAIN_VOLUNTEER.latency }, PLAIN_VOLUNTEER);
  assert.is(latency.samples, 0);
  assert.equal(calls, ["3 claims 10 at 0"]);
});

test("before a volunteer registers it offers nothing, and nothing is known of it", () => {
  const { inFlight } = told();
  const volunteer = new Volunteer(0, inFlight, { now: 0, size: 0 }, () => 1);
  assert.equal(
    [volunteer.uplink, volunteer.shared, volunteer.disk, volunteer.availability],
    [0, NO_LIMIT, NO_LIMIT, 1],
  );
  assert.equal([volunteer.caches, volunteer.volatile, volunteer.covers(0)], [false, false, true]);
  assert.equal(
    [volunteer.suspected, volunteer.hasLeft, volunteer.belief],
    [false, false, "listed"],
  );
  assert.is(volunteer.reportedAt, NEVER);
  const { transfers, foreign, rate, backlog, ahead } = volunteer;
  assert.equal([transfers, foreign, rate, backlog, ahead], [0, 0, 0, 0, 0]);
  assert.equal(volunteer.facts, PLAIN_VOLUNTEER);
  assert.equal(volunteer.save().offer, { uplink: 0 });
});

test("what is offered counts, and what is offered anew in its place", () => {
  const { volunteer, calls } = volunteerOf({
    ...{ uplink: 10, shared: 20, caches: true, disk: 1000, volatile: true, availability: 0.5 },
    ...{ facts: { site: "campus", weight: 50 }, covers: { below: 5, except: [2] } },
  });
  const { uplink, shared, caches, disk, volatile: comesAndGoes, availability } = volunteer;
  assert.equal(
    [uplink, shared, caches, disk, comesAndGoes, availability],
    [10, 20, true, 1000, true, 0.5],
  );
  assert.equal(
    [volunteer.facts.site, volunteer.facts.weight, volunteer.facts.region],
    ["campus", 50, ""],
  );
  assert.equal(
    [1, 2, 5].map((file) => volunteer.covers(file)),
    [true, false, false],
  );
  volunteer.show(false, 7);
  volunteer.report(report({ started: true }), 8);
  volunteer.probe(0.25, 9);
  volunteer.show(false, 10);
  volunteer.register({ uplink: 12, facts: { site: "moved", failures: 99, joinedAt: 99 } }, 11);
  assert.equal(
    [volunteer.uplink, volunteer.shared, volunteer.caches, volunteer.disk],
    [12, NO_LIMIT, false, NO_LIMIT],
  );
  assert.is(volunteer.covers(5), true);
  const { facts } = volunteer;
  assert.equal([facts.site, facts.weight], ["moved", 100]);
  // What the server has seen itself stays.
  assert.equal(
    [facts.joinedAt, facts.failures, facts.failedAt, facts.latency.last],
    [8, 1, 10, 0.25],
  );
  // What is asked from its site is counted, and not offered.
  assert.is(facts.demand, 0.5);
  volunteer.register({ uplink: 12, facts: { site: "campus", demand: 1 } }, 11);
  assert.is(volunteer.facts.demand, 0.6);
  assert.equal(calls.at(-1), "3 claims 12 at 11");
});

test("what is in flight is asked of its rule, for the size and the time of the question", () => {
  const { volunteer, question } = volunteerOf();
  question.now = 100;
  question.size = 7;
  const { transfers, foreign, backlog, ahead, rate } = volunteer;
  assert.equal(
    { transfers, foreign, backlog, ahead, rate },
    {
      ...{ transfers: 13, foreign: 23, backlog: 1103, ahead: 110, rate: 33 },
    },
  );
});

test("a volunteer is there until its announce times out, unless it left or did not answer", () => {
  const { volunteer } = volunteerOf();
  assert.is(volunteer.isThere(0, 150), false);
  volunteer.report(report(), 100);
  assert.is(volunteer.isThere(250, 150), true);
  assert.is(volunteer.isThere(250.5, 150), false);
  volunteer.suspected = true;
  assert.is(volunteer.isThere(100, 150), false);
  volunteer.report(report(), 110);
  assert.is(volunteer.isThere(110, 150), true);
  volunteer.hasLeft = true;
  assert.is(volunteer.isThere(110, 150), false);
  volunteer.report(report(), 120);
  assert.is(volunteer.isThere(120, 150), true);
});

test("rates are differences between two announces", () => {
  const { volunteer, calls } = volunteerOf();
  volunteer.report(report({ uploaded: 500, downloaded: 100, active: 1 }), 0);
  assert.equal([volunteer.uploadRate, volunteer.syncRate], [0, 0]); // One announce tells no rate.
  volunteer.report(report({ uploaded: 900, downloaded: 300, left: 50, active: 2 }), 100);
  assert.equal([volunteer.uploadRate, volunteer.syncRate], [4, 2]);
  assert.equal([volunteer.uploaded, volunteer.left, volunteer.reportedAt], [900, 50, 100]);
  assert.equal(calls.slice(1), [
    "3 reports 1 null at 0",
    '3 reports 2 {"uploaded":400,"seconds":100,"since":0} at 100',
  ]);
});

test("totals that have gone back, and announces at the same time, tell no rate", () => {
  const { volunteer, calls } = volunteerOf();
  volunteer.report(report({ uploaded: 500, downloaded: 500 }), 0);
  volunteer.report(report({ uploaded: 400, downloaded: 600 }), 100);
  assert.equal([volunteer.uploadRate, volunteer.syncRate, volunteer.uploaded], [0, 0, 400]);
  volunteer.report(report({ uploaded: 400, downloaded: 600 }), 100);
  assert.equal([volunteer.uploadRate, volunteer.syncRate], [0, 0]);
  volunteer.report(report({ uploaded: 400, downloaded: 500 }), 200);
  assert.equal([volunteer.uploadRate, volunteer.syncRate], [0, 0]); // It counts what it loads anew.
  assert.equal(
    calls.slice(1).map((call) => call.split(" ")[3]),
    ["null", "null", "null", '{"uploaded":0,"seconds":100,"since":100}'],
  );
});

test("what was redirected and not uploaded by the report is pending", () => {
  const { volunteer } = volunteerOf();
  volunteer.report(report(), 0);
  volunteer.send(700);
  volunteer.send(300);
  assert.equal([volunteer.redirected, volunteer.pending, volunteer.given], [1000, 0, 1000]);
  volunteer.report(report({ uploaded: 600 }), 100);
  assert.equal([volunteer.redirected, volunteer.pending, volunteer.given], [0, 400, 1000]);
  volunteer.report(report({ uploaded: 1200 }), 200); // Others had it too.
  assert.equal([volunteer.redirected, volunteer.pending, volunteer.given], [0, 0, 1000]);
});

test("before the first announce, and where totals have gone back, all that was redirected is pending", () => {
  const { volunteer } = volunteerOf();
  volunteer.send(100);
  volunteer.report(report({ uploaded: 500 }), 0);
  assert.is(volunteer.pending, 100);
  volunteer.send(50);
  volunteer.report(report({ uploaded: 0 }), 100);
  assert.is(volunteer.pending, 150);
});

test("a customer that comes back unserved is taken off, newest redirects first", () => {
  const { volunteer } = volunteerOf();
  volunteer.report(report(), 0);
  volunteer.send(1000);
  volunteer.report(report({ uploaded: 600 }), 100);
  volunteer.send(50);
  volunteer.settle(150);
  assert.equal([volunteer.redirected, volunteer.pending], [0, 300]);
  volunteer.send(50);
  volunteer.settle(20);
  assert.equal([volunteer.redirected, volunteer.pending], [30, 300]);
  volunteer.settle(1000);
  assert.equal([volunteer.redirected, volunteer.pending, volunteer.given], [0, 0, 1100]);
});

test("pending bytes are forgotten when a volunteer uploads nothing for an interval, or returns", () => {
  const { volunteer } = volunteerOf();
  volunteer.report(report(), 0);
  volunteer.send(1000);
  volunteer.report(report({ uploaded: 600 }), 100);
  volunteer.send(30);
  volunteer.report(report({ uploaded: 600 }), 200);
  assert.is(volunteer.pending, 30);
  volunteer.send(70);
  volunteer.report(report({ uploaded: 600, started: true }), 250);
  assert.equal([volunteer.pending, volunteer.redirected], [0, 0]);
});

test("where redirects do not count as they are made, they do once the next report has been heeded", () => {
  const { volunteer } = volunteerOf({ uplink: 10 }, { reports: true, redirects: false });
  volunteer.report(report(), 0);
  volunteer.send(700);
  volunteer.send(300);
  const { latency } = volunteer.facts;
  assert.equal([volunteer.redirected, volunteer.given, latency.redirects], [0, 0, 0]);
  volunteer.report(report({ uploaded: 600 }), 100);
  assert.equal([volunteer.redirected, volunteer.pending, volunteer.given], [0, 400, 1000]);
  volunteer.send(50);
  const other = volunteerOf({ uplink: 10 }, { reports: true, redirects: false });
  other.volunteer.load(volunteer.save());
  for (const each of [volunteer, other.volunteer]) {
    assert.is(each.given, 1000);
    each.report(report({ uploaded: 900 }), 200);
    assert.equal([each.pending, each.given], [150, 1050]);
    each.report(report({ uploaded: 900 }), 300); // They count once.
    assert.is(each.given, 1050);
  }
});

test("where reports are not heeded, a volunteer is there by them and presumed to send as it has shown", () => {
  const { volunteer, calls } = volunteerOf({ uplink: 40 }, { reports: false, redirects: true });
  volunteer.report(report({ uploaded: 100, downloaded: 50, left: 9, started: true }), 0);
  volunteer.send(1000);
  assert.equal([volunteer.redirected, volunteer.given], [1000, 1000]);
  volunteer.suspected = true;
  volunteer.hasLeft = true;
  volunteer.report(report({ uploaded: 900, downloaded: 80, left: 5 }), 10);
  assert.is(volunteer.isThere(10, 0), true);
  assert.is(volunteer.facts.joinedAt, 0);
  const { uploadRate, syncRate, left, uploaded, pending, redirected } = volunteer;
  assert.equal([uploadRate, syncRate, left, uploaded], [0, 0, 0, 0]);
  assert.equal([pending, redirected], [1000 - 10 * 33, 0]);
  volunteer.report(report({ uploaded: 900 }), 100);
  assert.is(volunteer.pending, 0);
  volunteer.send(50);
  volunteer.report(report({ started: true }), 101);
  assert.equal([volunteer.pending, volunteer.given], [0, 1050]);
  assert.ok(calls.slice(1).every((call) => call.includes("null")));
});

test("where neither counts, nothing of a volunteer's load is known", () => {
  const { volunteer } = volunteerOf({ uplink: 10 }, { reports: false, redirects: false });
  for (const now of [0, 10, 20]) {
    volunteer.send(1000);
    volunteer.report(report({ uploaded: 10 * now, downloaded: now, left: 7 }), now);
    const { uploadRate, syncRate, left, uploaded, pending, redirected, given } = volunteer;
    const load = [uploadRate, syncRate, left, uploaded, pending, redirected, given];
    assert.equal(load, [0, 0, 0, 0, 0, 0, 0]);
  }
});

test("when a volunteer has come on line is known from its announce", () => {
  const { volunteer } = volunteerOf();
  volunteer.report(report(), 5);
  assert.is(volunteer.facts.joinedAt, NEVER);
  volunteer.report(report({ started: true }), 6);
  volunteer.report(report(), 7);
  assert.is(volunteer.facts.joinedAt, 6);
});

test("failures count until something works", () => {
  const { volunteer } = volunteerOf();
  assert.equal([volunteer.facts.failures, volunteer.facts.failedAt], [0, NEVER]);
  volunteer.show(false, 5);
  volunteer.show(false, 6);
  assert.equal([volunteer.facts.failures, volunteer.facts.failedAt], [2, 6]);
  volunteer.show(true, 7);
  assert.equal([volunteer.facts.failures, volunteer.facts.failedAt], [0, 6]);
  assert.is(volunteer.suspected, false);
});

test("a probe tells the latency, or that nobody answers", () => {
  const { volunteer } = volunteerOf();
  volunteer.report(report(), 0);
  volunteer.show(false, 1);
  volunteer.probe(0.5, 2);
  const { latency } = volunteer.facts;
  assert.equal([volunteer.facts.failures, latency.last], [0, 0.5]);
  assert.equal([latency.at, latency.transfers, latency.redirects], [2, 13, 0]);
  assert.is(volunteer.isThere(2, 100), true);
  volunteer.send(1000);
  volunteer.send(1);
  assert.is(latency.redirects, 2);
  volunteer.probe(null, 3);
  assert.equal([latency.at, latency.redirects], [2, 2]);
  assert.equal([volunteer.facts.failures, volunteer.facts.failedAt], [1, 3]);
  assert.equal([volunteer.facts.latency.samples, volunteer.facts.latency.last], [1, 0.5]);
  assert.is(volunteer.isThere(3, 100), false);
});

test("what is saved is the same volunteer elsewhere", () => {
  const { volunteer } = volunteerOf({ uplink: 10, disk: 5, facts: { site: "a" } });
  volunteer.report(report({ uploaded: 100, downloaded: 40, left: 9, started: true }), 0);
  volunteer.send(500);
  volunteer.report(report({ uploaded: 200, downloaded: 60, left: 8 }), 10);
  volunteer.send(70);
  volunteer.probe(0.5, 11);
  volunteer.probe(null, 12);
  volunteer.hasLeft = true;
  const other = volunteerOf({ uplink: 99 });
  other.volunteer.load(volunteer.save());
  const fieldsOf = ({ belief, covers, uplinkLoad, facts, ...fields }: Volunteer) => ({
    ...fields,
    facts: { ...facts, latency: facts.latency.last },
  });
  assert.equal(fieldsOf(other.volunteer), fieldsOf(volunteer));
  assert.equal(other.volunteer.save(), volunteer.save());
  other.volunteer.report(report({ uploaded: 300, downloaded: 80 }), 20);
  assert.equal(
    [other.volunteer.uploadRate, other.volunteer.syncRate, other.volunteer.pending],
    [10, 2, 370],
  );
  assert.is(volunteer.reportedAt, 10);
  assert.equal(other.calls.slice(0, 2), ["3 claims 99 at 0", "3 claims 10 at -Infinity"]);
});

test.run();
