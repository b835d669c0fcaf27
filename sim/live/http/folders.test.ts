import { test } from "uvu";
import * as assert from "uvu/assert";
import { Folders } from "./folders.ts";
import { ask, type FakeServer, fakeServer, header } from "./testing.ts";

let to: FakeServer;
test.before.each(async () => {
  to = await fakeServer({
    ...{ "simple/pip/pip-1.0.tar.gz": "12345", "simple/index.html": "<title>index</title>" },
    ...{ "b/c d/<e>.iso": "12345", "b/a.txt": "12345", "top.txt": "12345" },
  });
});
test.after.each(async () => {
  assert.equal(to.failures, []);
  await to.close();
});

/** Addresses of the links of a page. */
async function links(target: string): Promise<string[]> {
  const { body } = await ask(to, target);
  return Array.from(body.toString().matchAll(/href="([^"]*)"/g), ([, address = ""]) => address);
}

test("a folder with an index is sent as its index", async () => {
  const answer = await ask(to, "/simple/");
  assert.is(answer.body.toString(), "<title>index</title>");
  assert.is(header(answer, "content-type"), "text/html; charset=utf-8");
});

test("a folder without one is listed, folders first, and takes nothing from elsewhere", async () => {
  const answer = await ask(to, "/b/");
  assert.is(header(answer, "content-type"), "text/html; charset=utf-8");
  assert.is(
    header(answer, "content-security-policy"),
    "default-src 'none'; style-src 'unsafe-inline'",
  );
  assert.equal(await links("/b/"), ["../", "c%20d/", "a.txt"]);
  assert.equal(await links("/"), ["b/", "simple/", "top.txt"]);
  assert.match(answer.body.toString(), "<td>5</td><td>1994-11-06 08:49</td>");
});

test("names are escaped, and what pip installs has its digest", async () => {
  const page = (await ask(to, "/b/c%20d/")).body.toString();
  assert.match(page, '<a href="%3Ce%3E.iso">&#60;e&#62;.iso</a>');
  const [, address = ""] = await links("/simple/pip/");
  assert.match(address, /^pip-1\.0\.tar\.gz#sha256=[0-9a-f]{64}$/);
  assert.match((await ask(to, "/")).body.toString(), "<h1>A &#60;small&#62; repository</h1>");
});

test("removed files are not listed, nor what is empty without them; new ones are", async () => {
  assert.equal(await links("/b/c%20d/"), ["../", "%3Ce%3E.iso"]);
  to.catalogue.at(2).isThere = false;
  assert.is((await ask(to, "/b/c%20d/")).status, 404);
  assert.equal(await links("/b/"), ["../", "a.txt"]);
  await to.catalogue.add("b/new/x", "12345");
  assert.equal(await links("/b/"), ["../", "new/", "a.txt"]);
  for (const file of to.catalogue.files) file.isThere = false;
  assert.equal(await links("/"), []);
});

test("no folder is 404, and so is a way up", async () => {
  for (const target of ["/none/", "/b/../", "/../", "/b//", "//", "/b/c d".replace(" ", "%2F")]) {
    assert.is((await ask(to, target)).status, 404, target);
  }
});

test("a folder without its slash leads there, on this server", async () => {
  const answer = await ask(to, "/simple");
  assert.is(answer.status, 301);
  assert.is(header(answer, "location"), "/simple/");
  assert.is((await ask(to, "/b/c%20d")).status, 404); // A tool has no use for a listing.
  const browser = await ask(to, "/b/c%20d", { Accept: "text/html,*/*" });
  assert.is(header(browser, "location"), "/b/c%20d/");
  for (const target of ["//simple", "//evil.example/..", "/none"]) {
    assert.is((await ask(to, target, { Accept: "text/html" })).status, 404, target);
  }
});

test("large folders are listed in part, and large catalogues let others have their turn", async () => {
  const names = Array.from({ length: 25_000 }, (_, index) => `all/${index % 12_500}/${index}`);
  const catalogue = Object.create(to.catalogue, {
    count: { get: () => names.length },
    path: { value: (file: number) => names[file] },
    has: { value: () => true },
  });
  const folders = new Folders(catalogue);
  let turns = 0;
  const other = setInterval(() => turns++, 0);
  const [all, again] = await Promise.all([folders.contents("all"), folders.contents("all")]);
  clearInterval(other);
  assert.ok(turns >= 1);
  assert.equal(again, all);
  assert.is(all?.folders.length, 10_000);
  assert.is(all?.more, 2500);
  assert.equal((await folders.contents("all/7"))?.files, [12_507, 7]); // "12507" is before "7".
});

test("the newest file below a folder is the one added last that is still there", async () => {
  const folders = new Folders(to.catalogue);
  assert.equal(
    [await folders.newest(""), await folders.newest("b"), await folders.newest("x")],
    [4, 3, -1],
  );
  to.catalogue.at(4).isThere = false;
  to.catalogue.at(3).isThere = false;
  to.catalogue.version++;
  assert.equal([await folders.newest(""), await folders.newest("b")], [2, 2]);
});

test.run();
