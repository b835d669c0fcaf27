import { test } from "uvu";
import * as assert from "uvu/assert";
import { indexPage } from "../../../report/index-page.ts";
import { busyData } from "../testing.ts";
import { age, duration } from "./overview.ts";
import { recent, recentRate, together } from "./recent.ts";
import { statusPage, statusSections } from "./status-page.ts";
import { timeChart } from "./time-chart.ts";

const COLOUR = { light: "#000000", dark: "#ffffff" };

test("what is recent is what the newest samples tell that make up the time", () => {
  const samples = [10, 10, 20];
  assert.equal(recent({ counts: [1, 2, 8] }, samples, 30), { count: 10, seconds: 30 });
  assert.equal(recent({ counts: [1, 2, 8] }, samples, 3600), { count: 11, seconds: 40 });
  assert.is(recentRate({ counts: [1, 2, 8] }, samples, 5), 0.4);
  assert.is(recentRate({ counts: [] }, [], 60), 0);
  const sum = together([{ counts: [1, 2, 8] }, { counts: [1, 0, 1] }], samples);
  assert.equal(sum, { counts: [2, 2, 9] });
});

test("times are told in as many units as matter", () => {
  assert.equal([0.4, 75, 20_880, 273_600].map(duration), [
    "0 s",
    "1 min 15 s",
    "5 h 48 min",
    "3 d 4 h",
  ]);
  assert.equal([0.4, 59.9, 119, 7199, 86_400].map(age), ["0 s", "59 s", "1 min", "1 h", "1 d"]);
});

test("a chart stacks its bands, by rates, with the newest sample at the right", () => {
  const bands = [
    { name: "low", colour: COLOUR, counts: [0, 10] },
    { name: "high", colour: COLOUR, counts: [5, 30] },
  ];
  const { markup } = timeChart("Rates", bands, [10, 20]);
  // At most (10 + 30) / 20 = 2 a second, so the axis ends there. 300 s are shown, of which 30 have passed.
  assert.match(markup, /<span>2.00 \/s<\/span><span>1.00 \/s<\/span><span>0<\/span>/);
  assert.match(markup, /viewBox="0 0 300 1000"/);
  assert.match(markup, /aria-label="Rates, at most 2.00 \/s in the last 5 min"/);
  const paths = [...markup.matchAll(/ d="([^"]+)"><title>(\w+)/g)].map(([, d, name]) => [name, d]);
  assert.equal(paths, [
    ["high", "M270 1000V750H280V0H300V1000Z"],
    ["low", "M270 1000V1000H280V750H300V1000Z"],
  ]);
  assert.match(timeChart("None", [], []).markup, /at most 0 \/s/);
});

test("the axis of a chart ends at a round number above all rates", () => {
  const top = (rate: number) => {
    const bands = [{ name: "a", colour: COLOUR, counts: [10 * rate] }];
    return /<span>(.+?)<\/span>/.exec(timeChart("x", bands, [10]).markup)?.[1];
  };
  assert.equal([0, 0.03, 1.1, 4.5, 7, 61, 400].map(top), [
    ...["1.00 /s", "0.0400 /s", "2.00 /s", "6.00 /s", "10.0 /s", "100 /s", "400 /s"],
  ]);
});

test("the page is small, and says what cannot wait at its top", () => {
  const data = busyData();
  const page = statusPage(data);
  assert.ok(page.length < 100_000, String(page.length));
  assert.not.match(page, /(?:src|href)="(?!data:|#)/);
  assert.match(page, /content="default-src &#39;none&#39;; [^"]*connect-src &#39;self&#39;/);
  assert.not.match(indexPage([]), /connect-src/); // Other pages ask nobody for anything.
  const { overview, volunteers } = statusSections(data);
  assert.not.match(overview, /class="alarm"/);
  assert.match(
    overview,
    /<p class="number">8 of 14<\/p><p class="beside">3 silent, 2 excluded, 1 new<\/p>/,
  );
  assert.match(volunteers, /excluded<\/span><small>failed an audit<\/small>/);
  const full = {
    ...data,
    journal: { ...data.journal, isRecording: false, problem: "no room", unrecorded: 1204 },
    volunteers: data.volunteers.map((each) => ({ ...each, state: "left" as const })),
  };
  const alarmed = statusSections(full).overview;
  assert.match(alarmed, /Answers are not recorded: no room\. 1,204 are in no journal\./);
  assert.match(alarmed, /No volunteer is ready/);
});

test("a server that has just been started has a page too", () => {
  const data = busyData();
  const page = statusPage({
    ...data,
    ...{ volunteers: [], samples: [], decisions: [], answers: [], warnings: [], refusals: [] },
    bytes: data.bytes.map((each) => ({ ...each, counts: [], total: 0 })),
    troubles: data.troubles.map((each) => ({ ...each, counts: [], total: 0 })),
    crowds: { seconds: 0, requests: 0, files: [] },
    journal: { ...data.journal, syncAge: null, snapshotAge: null },
    catalogue: { ...data.catalogue, scanSeconds: null, scanAge: null, scanned: 12_000 },
  });
  assert.match(page, /None has registered yet/);
  assert.match(page, /Nobody has asked for a file yet/);
  assert.match(page, /Scan under way<\/dt><dd>12,000 files seen/);
  assert.not.match(page, /NaN|Infinity|undefined|null|not known/);
});

test.run();
