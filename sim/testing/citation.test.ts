import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");

const citation = parse(read("CITATION.cff"));
const manifest = JSON.parse(read("package.json"));
const [bibtex] = /```bibtex\n[^`]*```/.exec(read("README.md")) ?? [""];

/** What CFF 1.2.0 asks of every file, and the other fields that this one has. */
const REQUIRED = ["cff-version", "message", "title", "authors"];
const OTHERS = ["type", "abstract", "keywords", "license", "version"];

test("the citation is in the Citation File Format 1.2.0", () => {
  assert.equal(Object.keys(citation).sort(), [...REQUIRED, ...OTHERS].sort());
  assert.is(citation["cff-version"], "1.2.0");
  assert.is(citation.type, "software");
  for (const field of ["message", "title", "abstract"]) {
    assert.type(citation[field], "string", field);
  }
  assert.equal(citation.authors, [{ name: "The mirrorlab authors" }]); // An entity: nobody's given name.
  assert.is(new Set(citation.keywords).size, citation.keywords.length);
});

test("it is of the version and the licence that the package has, and comes with it", () => {
  assert.is(citation.version, manifest.version);
  assert.is(citation.license, manifest.license);
  assert.ok(manifest.files.includes("CITATION.cff"));
});

test("BibTeX in the README says the same", () => {
  const field = (name: string) => new RegExp(` ${name} += \\{+(.*?)\\}+,?\\n`).exec(bibtex)?.[1];
  assert.is(field("title"), citation.title);
  assert.is(field("author"), citation.authors[0].name);
  assert.is(field("version"), citation.version);
  assert.is(field("license"), citation.license);
});

test.run();
