import { test } from "uvu";
import * as assert from "uvu/assert";
import { METADATA, metadataMatcher } from "./metadata.ts";

test("by default indexes of APT, RPM and PyPI are metadata, and packages are not", () => {
  const isMetadata = metadataMatcher(METADATA);
  const dist = "debian/dists/bookworm";
  for (const path of [
    ...["InRelease", "Release", "Release.gpg", "main/Contents-amd64.gz"].map((f) => `${dist}/${f}`),
    ...["Packages", "Packages.xz", "by-hash/SHA256/00", "Packages.diff/T-1.gz"].map(
      (f) => `${dist}/main/binary-amd64/${f}`,
    ),
    ...[`${dist}/main/source/Sources.gz`, `${dist}/main/i18n/Translation-en.bz2`, "ls-lR.gz"],
    ...["fedora/repodata/repomd.xml", "repodata/00-primary.xml.zst", "fedora/.treeinfo"],
    ...[
      "simple/index.html",
      "simple/pip/index.html",
      "index.html",
      "pypi/simple/pip/index.v1.json",
    ],
    ...["files/pip-1.whl.metadata", "iso/SHA256SUMS", "iso/SHA256SUMS.sign"],
  ]) {
    assert.ok(isMetadata(path), path);
  }
  for (const path of [
    ...["debian/pool/main/r/release/release_1.deb", "pool/Release-notes.pdf", "Releases/a.iso"],
    ...["fedora/Packages/b/bash.rpm", "repodata.rpm", "simple/pip/pip-1.whl", "media.1x/a"],
    ...["iso/debian.iso", "pool/s/Sourcesx", "myInRelease"],
  ]) {
    assert.not.ok(isMetadata(path), path);
  }
});

test("a star stops at a slash, two do not, a question mark is one character, all else itself", () => {
  const matches = (pattern: string, path: string) => metadataMatcher([pattern])(path);
  assert.ok(matches("*.db", "a/b/core.db"));
  assert.not.ok(matches("a/*.db", "a/b/core.db"));
  assert.ok(matches("a/**.db", "a/b/core.db"));
  assert.ok(matches("**/x/*", "x/y"));
  assert.ok(matches("**/x/*", "a/b/x/y"));
  assert.not.ok(matches("**/x/*", "ax/y"));
  assert.ok(matches("a/***", "a/b/c"));
  assert.ok(matches("core.d?", "core.db"));
  assert.not.ok(matches("core.d?", "core.d/"));
  assert.not.ok(matches("core.db", "coreXdb"));
  assert.ok(matches("(a|b)[c]+$", "x/(a|b)[c]+$"));
  assert.not.ok(matches("a", "b\na"));
});

test("of several patterns one is enough; of none nothing is metadata", () => {
  const isMetadata = metadataMatcher(["x/*.gz", "*.db"]);
  assert.equal(["x/a.gz", "y/a.gz", "y/a.db", ""].map(isMetadata), [true, false, true, false]);
  assert.not(metadataMatcher([])(""));
});

test.run();
