import { test } from "uvu";
import * as assert from "uvu/assert";
import { indexPage, type ListedRun } from "./index-page.ts";

const run: ListedRun = {
  experiment: "flash",
  title: "A flash crowd",
  question: "How far do volunteers help?",
  answer: "Very far.",
  run: "0123456789ab",
  page: "flash/0123456789ab/report.html",
  runs: 230,
  replications: 10,
  seed: 2008,
  fingerprint: "f00d",
  version: "0.1.0",
  commit: "3f9c2ab03f9c2ab03f9c2ab0+",
  key: { metric: "server.bytes", value: "59 GB (49 to 70)", policy: "tracker-informed" },
};

test("a run stands with its question, its answer, its number and where it comes from", () => {
  const page = indexPage([run]);
  for (const text of [
    '<a href="flash/0123456789ab/report.html">A flash crowd</a>',
    "How far do volunteers help?",
    "Very far.",
    "server.bytes: <b>59 GB (49 to 70)</b> under tracker-informed",
    "run 0123456789ab · 230 runs, 10 replications · seed 2008 · fingerprint f00d · mirrorlab 0.1.0, commit 3f9c2ab03+",
    "1 run of 1 experiment",
  ]) {
    assert.ok(page.includes(text), text);
  }
});

test("the list needs no library, and without a run it says how to make one", () => {
  assert.ok(indexPage([run]).length < 20_000);
  assert.match(indexPage([]), "sim run experiments/flash.yaml");
  assert.not.match(indexPage([]), 'type="search" placeholder');
});

test("texts cannot become markup", () => {
  const attack = `</script><img src=x onerror="alert('1')">`;
  const page = indexPage([{ ...run, title: attack, answer: attack, experiment: attack }]);
  assert.not.match(page, "<img src=x");
});

test.run();
