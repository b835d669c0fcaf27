import { test } from "uvu";
import * as assert from "uvu/assert";
import type { StatusData } from "./status-data.ts";
import { Tally } from "./tally.ts";
import { FakeHost, HOSTILE, hostView, served, volunteer } from "./testing.ts";

/** The lines of metrics of ours, as values by name and labels. */
function samplesIn(text: string): Record<string, number> {
  const lines = text.split("\n").filter((line) => line.startsWith("mirrorlab_"));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

interface Sections {
  readonly sections: Readonly<Record<string, string>>;
}

async function json<T>(address: string): Promise<T> {
  return (await (await fetch(address)).json()) as T;
}

function askedOnce(tally: Tally): void {
  tally.decided({ kind: "redirect", volunteer: 1, reason: "idle", retryAfter: 0 }, 5, 700);
  tally.decided({ kind: "redirect", volunteer: 1, reason: "idle", retryAfter: 0 }, 5, 300);
  tally.decided({ kind: "serve", volunteer: -1, reason: "no candidate", retryAfter: 0 }, 6, 40);
  tally.answered("redirect", 302);
  tally.answered("redirect", 302);
  tally.answered("file", 200);
  tally.complained("asked again");
  tally.audited(1, "failed");
  tally.audited(0, "passed");
  tally.probed(false);
  tally.announced();
  tally.refused("wrong signature");
}

test("metrics tell each count and each state once, however often they are asked for", async () => {
  const tally = new Tally(0);
  askedOnce(tally);
  const volunteers = [
    volunteer(0, { name: 'a"b\\c', announceAge: null }),
    volunteer(1, { state: "silent", told: { active: null, uploadRate: 0, syncRate: 0, left: 0 } }),
  ];
  const { journal } = hostView();
  const shown = { isRecording: false, problem: "disk full", unrecorded: 9, syncAge: null };
  const host = new FakeHost(hostView({ volunteers, journal: { ...journal, ...shown } }));
  const { address, close } = await served(host, tally);
  try {
    await fetch(`${address}/metrics`);
    const response = await fetch(`${address}/metrics`);
    assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    assert.match(text, /^# TYPE mirrorlab_decisions_total counter$/m);
    assert.match(text, /^# TYPE mirrorlab_volunteer_transfers gauge$/m);
    assert.match(text, /^process_resident_memory_bytes \d+$/m);
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m);
    assert.equal(
      samplesIn(text),
      Object.fromEntries([
        ['mirrorlab_decisions_total{kind="redirect",reason="idle"}', 2],
        ['mirrorlab_decisions_total{kind="serve",reason="no candidate"}', 1],
        ['mirrorlab_decided_bytes_total{kind="redirect"}', 1000],
        ['mirrorlab_decided_bytes_total{kind="serve"}', 40],
        ['mirrorlab_decided_bytes_total{kind="later"}', 0],
        ['mirrorlab_redirects_total{volunteer="a\\"b\\\\c"}', 0],
        ['mirrorlab_redirects_total{volunteer="mirror-1"}', 2],
        ['mirrorlab_redirected_bytes_total{volunteer="a\\"b\\\\c"}', 0],
        ['mirrorlab_redirected_bytes_total{volunteer="mirror-1"}', 1000],
        ['mirrorlab_complaints_total{how="asked again"}', 1],
        ['mirrorlab_audits_total{result="failed"}', 1],
        ['mirrorlab_audits_total{result="passed"}', 1],
        ['mirrorlab_audits_failed_total{volunteer="a\\"b\\\\c"}', 0],
        ['mirrorlab_audits_failed_total{volunteer="mirror-1"}', 1],
        ['mirrorlab_probes_total{result="unanswered"}', 1],
        ["mirrorlab_announces_total", 1],
        ['mirrorlab_announces_refused_total{cause="wrong signature"}', 1],
        ['mirrorlab_requests_total{answer="redirect"}', 2],
        ['mirrorlab_requests_total{answer="file"}', 1],
        ['mirrorlab_responses_total{code="200"}', 1],
        ['mirrorlab_responses_total{code="302"}', 2],
        ["mirrorlab_journal_unrecorded_answers_total", 9],
        ['mirrorlab_build_info{version="0.1.0"}', 1],
        ["mirrorlab_deliveries", 1],
        ['mirrorlab_volunteers{state="ready"}', 1],
        ['mirrorlab_volunteers{state="silent"}', 1],
        ['mirrorlab_volunteer_transfers{volunteer="a\\"b\\\\c"}', 2],
        ['mirrorlab_volunteer_transfers{volunteer="mirror-1"}', 2],
        ['mirrorlab_volunteer_active_transfers{volunteer="a\\"b\\\\c"}', 3],
        ['mirrorlab_volunteer_backlog_bytes{volunteer="a\\"b\\\\c"}', 3e6],
        ['mirrorlab_volunteer_backlog_bytes{volunteer="mirror-1"}', 3e6],
        ['mirrorlab_volunteer_announce_age_seconds{volunteer="mirror-1"}', 4],
        ['mirrorlab_volunteer_files{volunteer="a\\"b\\\\c"}', 1000],
        ['mirrorlab_volunteer_files{volunteer="mirror-1"}', 1000],
        ['mirrorlab_volunteer_verified_files{volunteer="a\\"b\\\\c"}', 250],
        ['mirrorlab_volunteer_verified_files{volunteer="mirror-1"}', 250],
        ["mirrorlab_journal_recording", 0],
        ["mirrorlab_journal_queued_records", 3],
        ["mirrorlab_journal_bytes", 158_550_600],
        ["mirrorlab_catalogue_files", 2_214_310],
        ["mirrorlab_catalogue_bytes", 5.41e12],
        ["mirrorlab_catalogue_version", 42],
        ["mirrorlab_catalogue_scan_seconds", 71.3],
        ["mirrorlab_catalogue_scan_age_seconds", 1260],
        ["mirrorlab_warnings", 0],
      ]),
    );
  } finally {
    await close();
  }
});

test("the data are those of the tally and the host, with an hour's course", async () => {
  const tally = new Tally(0);
  const host = new FakeHost();
  const { status, address, close } = await served(host, tally);
  try {
    host.time = 10;
    status.sample();
    askedOnce(tally);
    host.time = 20;
    status.sample();
    const data = await json<StatusData>(`${address}/-/status.json`);
    assert.equal(data.samples, [10, 10]);
    assert.equal(data.decisions, [
      { kind: "redirect", name: "idle", counts: [0, 2], total: 2 },
      { kind: "serve", name: "no candidate", counts: [0, 1], total: 1 },
    ]);
    assert.equal(data.bytes[0], { name: "redirect", counts: [0, 1000], total: 1000 });
    assert.equal(data.volunteers[1].course, [0, 2]);
    assert.equal([data.volunteers[1].redirects, data.volunteers[1].failedAudits], [2, 1]);
    const { seconds, requests, files } = data.crowds;
    assert.equal([seconds, requests, files[0].requests, files[0].holders], [20, 3, 2, 0]);
    assert.equal(data.refusals, [{ cause: "wrong signature", count: 1 }]);
    assert.ok(Math.abs(Date.parse(data.at) - Date.now()) < 60_000);
    const { sections } = await json<Sections>(`${address}/-/status.json?sections`);
    const page = await (await fetch(`${address}/-/status`)).text();
    for (const [id, markup] of Object.entries(sections)) {
      if (id !== "overview") assert.ok(page.includes(`<div id="${id}">${markup}</div>`), id);
    }
  } finally {
    await close();
  }
});

test("only those who may see the status and the metrics do, and only by GET and HEAD", async () => {
  const tally = new Tally(0);
  const isAllowed = ({ headers }: { headers: Record<string, unknown> }) => headers["x-me"] === "1";
  const { address, close } = await served(new FakeHost(), tally, { isAllowed });
  try {
    const headers = { "x-me": "1" };
    for (const path of ["/-/status", "/-/status.json", "/-/status.json?sections", "/metrics"]) {
      const refused = await fetch(address + path);
      assert.equal(
        [refused.status, await refused.text()],
        [403, "403: your address may not see this\n"],
      );
      const post = await fetch(address + path, { method: "POST", headers });
      assert.equal([post.status, post.headers.get("allow")], [405, "GET, HEAD"]);
      const seen = await fetch(address + path, { headers });
      const body = await seen.text();
      assert.is(seen.status, 200);
      assert.is(seen.headers.get("cache-control"), "no-store");
      assert.is(seen.headers.get("x-content-type-options"), "nosniff");
      const head = await fetch(address + path, { method: "HEAD", headers });
      assert.is(await head.text(), "");
      const length = Number(head.headers.get("content-length"));
      assert.ok(length > 0.9 * Buffer.byteLength(body)); // The time of day may have moved on.
    }
    assert.is((await fetch(`${address}/-/statusx`, { headers })).status, 404);
  } finally {
    await close();
  }
});

test("a repository's own file named metrics is left to it", async () => {
  const { address, close } = await served(new FakeHost(), new Tally(0), { metricsFile: 3 });
  try {
    const response = await fetch(`${address}/metrics`);
    assert.equal([response.status, await response.text()], [404, "left\n"]);
  } finally {
    await close();
  }
});

test("a name that looks like markup is text, in the page and in its parts", async () => {
  const tally = new Tally(0);
  tally.decided({ kind: "redirect", volunteer: 0, reason: HOSTILE, retryAfter: 0 }, 0, 1);
  tally.answered(HOSTILE, 200);
  tally.refused(HOSTILE);
  const host = new FakeHost(
    hostView({
      ...{ name: HOSTILE, version: HOSTILE, policies: [HOSTILE] },
      volunteers: [volunteer(0, { name: HOSTILE, address: HOSTILE, excluded: HOSTILE })],
      warnings: [{ age: 1, text: HOSTILE, times: 1 }],
      journal: { ...hostView().journal, isRecording: false, problem: HOSTILE, file: HOSTILE },
      catalogue: { ...hostView().catalogue, root: HOSTILE },
    }),
  );
  const { address, close } = await served(host, tally);
  try {
    const page = await (await fetch(`${address}/-/status`)).text();
    const { sections } = await json<Sections>(`${address}/-/status.json?sections`);
    const escaped = "&lt;img src=x onerror=&quot;";
    for (const markup of [page, Object.values(sections).join("")]) {
      assert.not.match(markup, /<img/);
      assert.ok(markup.split(escaped).length > 12, String(markup.split(escaped).length));
    }
  } finally {
    await close();
  }
});

test("the clock of the course is stopped with the room", async () => {
  const host = new FakeHost();
  const { status, close } = await served(host, new Tally(0));
  status.start();
  status.start();
  status.stop();
  await close();
});

test.run();
