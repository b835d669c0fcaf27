import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../../engine/input-error.ts";
import { readCatalogue } from "../read-catalogue.ts";
import { FileTable } from "../tables/file-table.ts";
import { kinds, readFiles, reasons } from "../testing.ts";
import { debianPackages } from "./debian-packages.ts";
import { lsLr } from "./ls-lr.ts";
import { rsyncList } from "./rsync-list.ts";

const test = suite("catalogue", { folder: "" });
test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "catalogue-"));
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

const lines = (format: typeof debianPackages) => {
  if (!("lines" in format)) throw new Error(`${format.name} is not read by lines`);
  return format.lines;
};

async function read(folder: string, content: string | Buffer, maxBad = 0) {
  const path = join(folder, "x");
  writeFileSync(path, content);
  const files = new FileTable();
  const account = await readCatalogue(path, files, maxBad);
  const list = Array.from({ length: files.length }, (_, file) => files.paths.at(file));
  return { account, files, list };
}

const DIGEST = "6ea03cbbc7a7bfce9b3d7a7d9b9f4ab3ac4f8ee5b4b6c0d6f1a7c3e2b1d09f88";
const PACKAGES = `Package: apt
Version: 2.6.1
Architecture: amd64
Description: commandline package manager
 Lines that go on begin with a space: here a
 Size: 1
 .
Filename: pool/main/a/apt/apt_2.6.1_amd64.deb
Size: 1372852
SHA256: ${DIGEST}

Package: zlib1g
Filename: pool/main/z/zlib/zlib1g_1_amd64.deb
Size: 9
`;

test("a Debian index", () => {
  const { files, outcomes } = readFiles(lines(debianPackages), PACKAGES);
  assert.equal(files, [
    {
      path: "pool/main/a/apt/apt_2.6.1_amd64.deb",
      size: 1372852,
      digest: DIGEST,
      kind: "package",
      package: "apt.amd64",
    },
    {
      path: "pool/main/z/zlib/zlib1g_1_amd64.deb",
      size: 9,
      kind: "package",
      package: "zlib1g",
    },
  ]);
  assert.equal(
    reasons(outcomes).filter((reason) => reason !== "field of a package"),
    ["row"],
  );
});

test("a Debian index with packages that lack something, and other texts", () => {
  const { outcomes } = readFiles(
    lines(debianPackages),
    "Package: a\nSize: 1\n\n\nhello\nSize: x\n\n",
  );
  assert.equal(kinds(outcomes), ["ignored", "ignored", "bad", "ignored", "bad", "ignored", "bad"]);
});

test("what rsync lists", () => {
  const { files, outcomes } = readFiles(
    lines(rsyncList),
    [
      "receiving incremental file list",
      "drwxr-xr-x          4,096 2023/05/20 12:14:03 .",
      "-rw-r--r--      1,372,852 2023/05/20 12:14:03 pool/main/a/apt/apt_2.6.1_amd64.deb",
      "-rw-rw-r--              7 2023/05/20 12:14:03 a name with spaces",
      "lrwxrwxrwx             11 2023/05/20 12:14:03 stable -> bookworm",
      "-rw-r--r--          -7 2023/05/20 12:14:03 x",
      "",
      "sent 20 bytes  received 1,234 bytes  2,508.00 bytes/sec",
      "total size is 1,372,859  speedup is 1,094.78",
    ].join("\n"),
  );
  assert.equal(files, [
    { path: "pool/main/a/apt/apt_2.6.1_amd64.deb", size: 1372852 },
    { path: "a name with spaces", size: 7 },
  ]);
  assert.equal(kinds(outcomes), [
    "ignored",
    "ignored",
    "row",
    "row",
    "ignored",
    "bad",
    "ignored",
    "ignored",
    "ignored",
  ]);
});

test("what ls -lR prints, with any of its dates", () => {
  const { files, outcomes } = readFiles(
    lines(lsLr),
    [
      ".:",
      "total 12",
      "drwxr-xr-x 3 root root 4096 May 20  2023 pool",
      "-rw-r--r-- 1 ftp ftp 7 Jan  1 12:00 README",
      "",
      "./pool/a b:",
      "total 4",
      "-rw-r--r-- 1 1000 1000 1372852 2023-05-20 12:14 apt_2.6.1_amd64.deb",
      "-rw-r--r--. 1 root root 9 2023-05-20 12:14:03.000000000 +0000 a:",
      "lrwxrwxrwx 1 root root 9 May 20  2023 b -> a",
      "crw-rw-rw- 1 root root 1, 3 May 20  2023 null",
      "ls: cannot access x",
    ].join("\n"),
  );
  assert.equal(files, [
    { path: "README", size: 7 },
    { path: "pool/a b/apt_2.6.1_amd64.deb", size: 1372852 },
    { path: "pool/a b/a:", size: 9 },
  ]);
  assert.equal(kinds(outcomes).at(-1), "bad");
  assert.equal(reasons(outcomes).slice(-3, -1), ["symbolic link", "special file"]);
});

const PRIMARY = `<?xml version="1.0" encoding="UTF-8"?>
<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="2">
<package type="rpm">
  <name>bash</name>
  <arch>x86_64</arch>
  <version epoch="0" ver="5.2.15" rel="1.fc39"/>
  <checksum type="sha256" pkgid="YES">${DIGEST}</checksum>
  <summary>The GNU &lt;Bourne&gt; shell</summary>
  <size package="1900000" installed="8000000" archive="8100000"/>
  <location href="Packages/b/bash-5.2.15-1.fc39.x86_64.rpm"/>
  <format><rpm:provides><rpm:entry name="config(bash)"/></rpm:provides></format>
</package>
<package type="rpm"><name>broken</name><size package="x"/></package>
</metadata>`;

test("an RPM repository's primary.xml, whole and packed", async ({ folder }) => {
  for (const content of [PRIMARY, gzipSync(PRIMARY), PRIMARY.replaceAll("\n", "")]) {
    const { account, files } = await read(folder, content, 0.5);
    assert.equal(files.facts(0), {
      size: 1900000,
      digest: DIGEST,
      kind: "package",
      package: "bash.x86_64",
    });
    assert.is(files.paths.at(0), "Packages/b/bash-5.2.15-1.fc39.x86_64.rpm");
    assert.equal([account.lines, account.rows, account.bad], [2, 1, 1]);
  }
});

test("XML that is broken off, or expands without end, is an error", async ({ folder }) => {
  const problem = async (content: string) => {
    try {
      await read(folder, content);
    } catch (error) {
      assert.instance(error, InputError);
      return (error as Error).message.replace(join(folder, "x"), "FILE");
    }
    return "";
  };
  assert.match(await problem(PRIMARY.slice(0, 500)), /^FILE: expected well-formed XML; got /);
  const bomb = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>\n<metadata>&b;</metadata>';
  assert.match(await problem(`<?xml version="1.0"?>\n${bomb}`), /undefined entity/);
});

test("the format is found out by the content", async ({ folder }) => {
  const format = async (content: string) => (await read(folder, content, 0.2)).account.format;
  assert.is(await format(PACKAGES), "debian-packages");
  assert.is(await format("-rw-r--r--  7 2023/05/20 12:14:03 a\n"), "rsync-list");
  assert.is(await format(".:\ntotal 4\n-rw-r--r-- 1 ftp ftp 7 Jan  1 12:00 a\n"), "ls-lr");
  assert.equal((await read(folder, PACKAGES)).list.length, 2);
  try {
    await format("hello\n");
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /expected a catalogue of files; got lines like "hello"/);
  }
});

test.run();
