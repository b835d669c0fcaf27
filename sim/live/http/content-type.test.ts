import { test } from "uvu";
import * as assert from "uvu/assert";
import { contentType } from "./content-type.ts";

test("a name tells the type, and compression is a type of its own", () => {
  const cases = {
    "simple/pip/index.html": "text/html; charset=utf-8",
    "dists/sid/InRelease": "text/plain; charset=utf-8",
    "dists/sid/Packages": "text/plain; charset=utf-8",
    "dists/sid/Packages.xz": "application/x-xz",
    "a.tar.gz": "application/gzip",
    "A.DEB": "application/vnd.debian.binary-package",
    "a.rpm": "application/x-rpm",
    "debian-12.iso": "application/x-iso9660-image",
    "a-1.0-py3-none-any.whl": "application/zip",
    "by-hash/SHA256/0123": "application/octet-stream",
    ".html": "application/octet-stream",
    "a.html/b": "application/octet-stream",
  };
  for (const [path, type] of Object.entries(cases)) assert.is(contentType(path), type, path);
});

test.run();
