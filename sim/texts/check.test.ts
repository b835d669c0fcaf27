import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Fingerprint } from "../engine/fingerprint.ts";
import { minimal } from "../experiment/config/testing.ts";
import { disagreements, strangeHeaders, unknownNames } from "./check.ts";
import { readUnrun } from "./experiment-source.ts";
import { readTexts } from "./text.ts";

let root = "";
test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), "mirrorlab-texts-"));
  for (const folder of ["experiments/deep", "results/baselines"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  put("experiments/a.yaml", minimal);
  put("experiments/a.md", TEXT);
});
test.after.each(() => rmSync(root, { recursive: true }));

const TABLE =
  '<!-- table\nrows: dispatch\nhead: policy\ncolumns: { delay: "{delay.mean as 0 s}" }\n-->';
const FIGURE = "<!-- figure: trade-off -->\n\n![x](a.svg)\n\n<!-- end: a 12 -->\n";
const TEXT = `**Question.** A?\n\nIt (<!-- fingerprint -->\`12\`<!-- end -->) says\n
${TABLE}\n\n| policy | delay |\n|---|---|\n| origin-only | 1 s |\n\n<!-- end: a 12 -->\n\n${FIGURE}`;

function put(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}

function found(text = TEXT): string[] {
  put("experiments/a.md", text);
  const texts = readTexts(root);
  return [unknownNames, strangeHeaders, disagreements].flatMap((check) => check(texts, root));
}

test("a text that agrees with itself is fine", () => assert.equal(found(), []));

test("a table or a figure of another run than the text's is told", () => {
  const old = "npm run experiments writes it anew";
  assert.equal(found(TEXT.replace("end: a 12", "end: a 34")), [
    `experiments/a.md:5: expected a table of a 12; got one of 34; ${old}`,
  ]);
  assert.equal(found(TEXT.replace(/end: a 12 -->\n$/, "end -->\n")), [
    `experiments/a.md:17: expected a figure of a 12; got one of none; ${old}`,
  ]);
});

test("two texts that tell different fingerprints of one experiment are told", () => {
  put("README.md", "It (<!-- fingerprint: a -->`34`<!-- end -->)\n");
  assert.match(found()[0], /^README.md:1: expected fingerprint 12 of a; got 34;/);
});

test("a mark that names what there is not is told", () => {
  const unknown = (from: string, to: string) => found(TEXT.replace(from, to))[0];
  assert.match(unknown("delay.mean", "delay.men"), /^experiments\/a.md:8: unknown metric of a: /);
  assert.match(unknown("rows: dispatch", "rows: links"), /^experiments\/a.md:5: unknown dimension/);
  assert.match(unknown("rows: dispatch", "rows: { dispatch: [x] }"), /unknown dispatch of a: x; /);
  assert.match(unknown("rows: dispatch", "from: b\nrows: dispatch"), /b.yaml: missing file$/);
});

test("a table that is not what its mark says is told", () => {
  assert.match(
    found(TEXT.replace("columns: { delay", "columns: { mean delay"))[0],
    /^experiments\/a.md:5: expected the header \| policy \| mean delay \|; got \| policy \| delay \|;/,
  );
});

test("an experiment without a text, and a text or a figure without an experiment, are told", () => {
  put("experiments/b.yaml", minimal);
  put("experiments/c.md", "**Question.** Why?\n");
  put("experiments/d.svg", "<svg/>");
  assert.equal(found(), [
    "experiments/b.yaml: expected a text with <!-- fingerprint: b -->; got none",
    "experiments/c.md: expected a <!-- fingerprint --> of its experiment; got none",
    "experiments/d.svg: expected a figure mark around it; got none in any text",
  ]);
});

test("a folder inside the folder is read as well, and its files are named by their paths", () => {
  const text = TEXT.replaceAll("end: a 12", "end: deep/b 12");
  put("experiments/deep/b.yaml", minimal);
  put("experiments/deep/b.md", text);
  assert.equal(found(), []);
  put("experiments/deep/b.md", text.replace("(a.svg)", "(b.svg)"));
  put("experiments/deep/c.yaml", minimal);
  put("experiments/b.svg", "<svg/>");
  put("experiments/deep/b.svg", "<svg/>");
  assert.equal(found(), [
    "experiments/deep/c.yaml: expected a text with <!-- fingerprint: deep/c -->; got none",
    "experiments/b.svg: expected a figure mark around it; got none in any text",
  ]);
});

test("a baseline of the same seed and replications has the fingerprint of the text", () => {
  const all = new Fingerprint();
  all.addText("f00d");
  const { seed, replications } = readUnrun(join(root, "experiments/a.yaml")).experiment;
  const baseline = { experiment: "a", seed, replications };
  const write = (changed: object) =>
    put(
      "results/baselines/a.json",
      JSON.stringify({ ...baseline, runs: [{ fingerprint: "f00d" }], ...changed }),
    );
  write({});
  assert.equal(found(), [
    `experiments/a.md:3: expected fingerprint ${all} of results/baselines/a.json; got 12`,
  ]);
  assert.equal(found(TEXT.replaceAll("12", String(all))), []);
  write({ seed: seed + 1 });
  assert.equal(found(TEXT), []);
});

test.run();
