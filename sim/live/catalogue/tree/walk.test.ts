import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MODIFIED, TestTree } from "../testing.ts";
import type { TreePart } from "./tree-reader.ts";
import { Walk } from "./walk.ts";

const test = suite<{ tree: TestTree }>("Walk");

test.before.each((context) => {
  context.tree = new TestTree();
});
test.after.each(({ tree }) => tree.delete());

function walked(root: string) {
  const walk = new Walk(root);
  const parts: TreePart[] = [];
  for (let part = walk.next(); part !== null; part = walk.next()) parts.push(part);
  return {
    paths: parts.flatMap((part) => part.paths),
    skipped: parts.flatMap((part) => part.skipped.map(({ reason, path }) => `${reason} ${path}`)),
    parts,
  };
}

test("files come in the order of names by code units, folder by folder", ({ tree }) => {
  for (const path of ["b", "a/z", "a/b/c", "a-b", "B", "ä", "a/a", "10", "9"]) {
    tree.write(path, path);
  }
  const { paths } = walked(tree.root);
  assert.equal(paths, ["10", "9", "B", "a/a", "a/b/c", "a/z", "a-b", "b", "ä"]);
});

test("each has its size, time and stamp", ({ tree }) => {
  tree.write("one", "abc");
  tree.write("two", "", MODIFIED + 1.75);
  const [{ sizes, seconds, stamps }] = walked(tree.root).parts;
  assert.equal([...sizes], [3, 0]);
  assert.equal([...seconds], [MODIFIED, MODIFIED + 1]);
  assert.is.not(stamps[0], stamps[1]);
});

test("a large tree comes in parts", ({ tree }) => {
  for (let i = 0; i < 1000; i++) tree.write(`${i}`, "");
  const { parts, paths } = walked(tree.root);
  assert.is(paths.length, 1000);
  assert.ok(parts.every((part) => part.paths.length <= 512));
});

test("an empty tree has nothing; one that is not there throws", ({ tree }) => {
  assert.is(new Walk(tree.root).next(), null);
  assert.throws(() => new Walk(join(tree.root, "none")), /ENOENT/);
});

test("hidden and unfit names are left out with all below them", ({ tree }) => {
  tree.write(".~tmp~/a.deb", "");
  tree.write(".a.deb.x7Gh2p", "");
  tree.write("a\nb/c", "");
  tree.write("good", "");
  writeFileSync(Buffer.concat([Buffer.from(`${tree.root}/latin`), Buffer.of(0xfc)]), "");
  const { paths, skipped } = walked(tree.root);
  assert.equal(paths, ["good"]);
  assert.equal(skipped, ["hidden .a.deb.x7Gh2p", "hidden .~tmp~", "name a\nb", "name latin\ufffd"]);
});

test("pipes and sockets are left out", async ({ tree }) => {
  execFileSync("mkfifo", [join(tree.root, "pipe")]);
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(tree.root, "socket"), done));
  symlinkSync("pipe", join(tree.root, "to-pipe"));
  const { paths, skipped } = walked(tree.root);
  server.close();
  assert.equal(paths, []);
  assert.equal(skipped, ["special pipe", "special socket", "special to-pipe"]);
});

test("links inside the tree are followed as files of their own", ({ tree }) => {
  tree.write("pool/a.deb", "abc");
  tree.write("dists/bookworm/Release", "r");
  symlinkSync("bookworm", join(tree.root, "dists/stable"));
  symlinkSync("../pool/a.deb", join(tree.root, "dists/latest.deb"));
  symlinkSync(join(tree.root, "pool"), join(tree.root, "z"));
  const { paths, skipped, parts } = walked(tree.root);
  assert.equal(paths, [
    ...["dists/bookworm/Release", "dists/latest.deb", "dists/stable/Release"],
    ...["pool/a.deb", "z/a.deb"],
  ]);
  assert.equal(skipped, []);
  assert.is(parts[0].sizes[1], 3);
  assert.is(parts[0].stamps[1], parts[0].stamps[3]); // The file's, not the link's.
});

test("links that lead out of the tree are refused, however they do", ({ tree }) => {
  const outside = mkdtempSync(join(tmpdir(), "mirrorlab-outside-"));
  writeFileSync(join(outside, "secret"), "s");
  mkdirSync(`${tree.root}-next`);
  writeFileSync(`${tree.root}-next/secret`, "s");
  tree.write("sub/file", "");
  symlinkSync(join(outside, "secret"), join(tree.root, "absolute"));
  symlinkSync(outside, join(tree.root, "folder"));
  symlinkSync("../tree-next/secret", join(tree.root, "neighbour")); // Begins with the root's name.
  symlinkSync("..", join(tree.root, "parent"));
  symlinkSync("hop2", join(tree.root, "hop1"));
  symlinkSync(join(outside, "secret"), join(tree.root, "hop2"));
  const { paths, skipped } = walked(tree.root);
  rmSync(outside, { recursive: true });
  assert.equal(paths, ["sub/file"]);
  assert.equal(
    skipped,
    ["absolute", "folder", "hop1", "hop2", "neighbour", "parent"].map((each) => `outside ${each}`),
  );
});

test("a root that is a link itself is followed, and what lies in it is inside", ({ tree }) => {
  tree.write("a", "");
  symlinkSync("a", join(tree.root, "b"));
  symlinkSync(tree.root, join(tree.folder, "link"));
  assert.equal(walked(join(tree.folder, "link")).paths, ["a", "b"]);
});

test("loops end, and links to nothing are told", ({ tree }) => {
  tree.write("a/b/file", "");
  symlinkSync("../..", join(tree.root, "a/b/root"));
  symlinkSync("..", join(tree.root, "a/b/up"));
  symlinkSync(".", join(tree.root, "a/b/here"));
  symlinkSync("itself", join(tree.root, "itself"));
  symlinkSync("nothing", join(tree.root, "none"));
  symlinkSync("a/b/file/x", join(tree.root, "through"));
  const { paths, skipped } = walked(tree.root);
  assert.equal(paths, ["a/b/file"]);
  assert.equal(skipped, [
    ...["loop a/b/here", "loop a/b/root", "loop a/b/up", "loop itself"],
    ...["dangling none", "dangling through"],
  ]);
});

test("links that lead into each other end, too", ({ tree }) => {
  tree.write("one/in/file", "");
  tree.write("two/in/file", "");
  symlinkSync("../../two", join(tree.root, "one/in/other"));
  symlinkSync("../../one", join(tree.root, "two/in/other"));
  const { paths } = walked(tree.root);
  assert.equal(paths, [
    ...["one/in/file", "one/in/other/in/file", "two/in/file", "two/in/other/in/file"],
  ]);
});

test("no path has more than four links to folders", ({ tree }) => {
  // Each of ten folders has a link to the next: 0/next/next/…
  for (let i = 0; i < 10; i++) tree.write(`${i}/file`, "");
  for (let i = 0; i < 9; i++) symlinkSync(`../${i + 1}`, join(tree.root, `${i}/next`));
  const { paths, skipped } = walked(tree.root);
  assert.ok(paths.includes("0/next/next/next/next/file"));
  assert.ok(skipped.includes("loop 0/next/next/next/next/next"));
  assert.not(paths.some((path) => path.includes("next/next/next/next/next")));
});

test("what vanishes while the walk is under way is nothing to tell of", ({ tree }) => {
  tree.write("a", "");
  tree.write("folder/b", "");
  const walk = new Walk(tree.root);
  tree.remove("a");
  tree.remove("folder");
  assert.is(walk.next(), null);
});

test("what cannot be looked at is told", ({ tree }) => {
  // A path that is longer than Linux takes: nothing in it can be looked at.
  const deeper = `const name = "x".repeat(250); for (let i = 0; i < 17; i++) {
    fs.mkdirSync(name); process.chdir(name);
  }`;
  execFileSync(process.execPath, ["-e", deeper], { cwd: tree.root });
  tree.write("y", "");
  const { paths, skipped } = walked(tree.root);
  execFileSync("rm", ["-rf", `${tree.root}/${"x".repeat(250)}`]); // Node cannot, for the same reason.
  assert.equal(paths, ["y"]);
  assert.is(skipped.length, 1);
  assert.match(skipped[0], /^unreadable (x{250}\/)+x{250}$/);
});

test.run();
