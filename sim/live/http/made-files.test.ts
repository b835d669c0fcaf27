import { createHash } from "node:crypto";
import { SaxesParser } from "saxes";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ask, type FakeServer, fakeServer, header, SELF } from "./testing.ts";

const TEXT = "hello, world"; // 12 bytes.
// printf 'hello, world' | openssl dgst -sha256, and -provider legacy -md4
const SHA256 = "09ca7e4eaa6e8ae9c7d261167129184883644d07dfba7cbfbc4c8a2e08360d5b";
const MD4 = "a28431fa8a9abbbaca517ddaec415131";

let to: FakeServer;
test.before.each(async () => {
  to = await fakeServer({
    ...{
      "pool/a&b.iso": TEXT,
      "real.iso": TEXT,
      "real.iso.sha256": "as it was",
      InRelease: "Suite",
    },
    "os/repodata/repomd.xml": "<repomd/>",
  });
});
test.after.each(async () => {
  assert.equal(to.failures, []);
  assert.equal(to.decider.asked, []); // None of these is a decision.
  await to.close();
});

const PATH = "/pool/a%26b.iso";
const MIRRORS = [
  "http://zero.example/debian/",
  "https://one.example/",
  "http://[2001:db8::2]:8080/two/",
  SELF,
];

/** Elements of an XML text as [name, attributes, text]; throws where it is not well-formed. */
function elements(xml: string): (readonly [string, Record<string, string>, string])[] {
  const found: [string, Record<string, string>, string][] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    found.push([name, { ...(attributes as Record<string, string>) }, ""]);
  });
  parser.on("text", (text) => {
    const last = found.at(-1);
    if (last !== undefined) last[2] += text.trim();
  });
  parser.write(xml).close();
  return found;
}

test("Metalink 4 has size, digest, pieces and addresses, no torrent, the server's last", async () => {
  const halves = [TEXT.slice(0, 8), TEXT.slice(8)].map((half) =>
    createHash("sha256").update(half).digest(),
  );
  to.pieces.set(0, { length: 8, sha256: halves });
  to.torrents.set(0, Buffer.from("d4:infode")); // aria2 would seed for ever what it is told of there.
  const answer = await ask(to, `${PATH}.meta4`);
  assert.is(header(answer, "content-type"), "application/metalink4+xml");
  assert.is(header(answer, "cache-control"), "private, no-store");
  assert.is(header(answer, "content-disposition"), "attachment; filename*=UTF-8''a%26b.iso.meta4");
  assert.equal(elements(answer.body.toString()), [
    ["metalink", { xmlns: "urn:ietf:params:xml:ns:metalink" }, ""],
    ["file", { name: "a&b.iso" }, ""],
    ["size", {}, "12"],
    ["hash", { type: "sha-256" }, SHA256],
    ["pieces", { length: "8", type: "sha-256" }, ""],
    ...halves.map((hash) => ["hash", {}, hash.toString("hex")] as const),
    ...MIRRORS.map(
      (base, at) => ["url", { priority: `${at + 1}` }, `${base}pool/a%26b.iso`] as const,
    ),
  ]);
});

test("what a metalink is to be called is encoded as RFC 8187 has it", async () => {
  await to.catalogue.add("é'(*).iso", TEXT);
  const answer = await ask(to, `/${encodeURIComponent("é'(*).iso")}?metalink`);
  const name = "attachment; filename*=UTF-8''%C3%A9%27%28%2a%29.iso.metalink";
  assert.is(header(answer, "content-disposition"), name);
});

test("without pieces there are none in the metalink", async () => {
  const names = elements((await ask(to, `${PATH}?meta4`)).body.toString()).map(([name]) => name);
  assert.equal(names, ["metalink", "file", "size", "hash", "url", "url", "url", "url"]);
});

test("Metalink 3 has what librepo and MirrorManager's users read", async () => {
  for (const target of ["/os/repodata/repomd.xml.metalink", "/os/repodata/repomd.xml?metalink"]) {
    const answer = await ask(to, target);
    assert.is(header(answer, "content-type"), "application/metalink+xml");
    const [root, , file, timestamp, size, , md4, sha256, resources, ...urls] = elements(
      answer.body.toString(),
    );
    assert.is(root?.[1]["version"], "3.0");
    assert.is(root?.[1]["xmlns"], "http://www.metalinker.org/");
    assert.equal(file, ["file", { name: "repomd.xml" }, ""]);
    assert.equal(timestamp, ["mm0:timestamp", {}, "784111777"]);
    assert.equal(size, ["size", {}, "9"]);
    assert.equal([md4?.[1], sha256?.[1]], [{ type: "md4" }, { type: "sha256" }]);
    assert.equal([md4?.[2].length, sha256?.[2].length], [32, 64]);
    assert.is(resources?.[0], "resources");
    const url = (protocol: string, preference: number, base: string) =>
      [
        "url",
        { protocol, type: protocol, preference: `${preference}` },
        `${base}os/repodata/repomd.xml`,
      ] as const;
    const protocols = ["http", "https", "http", "http"];
    assert.equal(
      urls,
      MIRRORS.map((base, at) => url(protocols[at] ?? "", 100 - at, base)),
    );
  }
});

test("digests are lines that sha256sum reads", async () => {
  const sha256 = await ask(to, `${PATH}.sha256`);
  assert.is(sha256.body.toString(), `${SHA256}  a&b.iso\n`);
  assert.is(header(sha256, "content-type"), "text/plain; charset=utf-8");
  assert.is((await ask(to, `${PATH}.md4`)).body.toString(), `${MD4}  a&b.iso\n`);
  to.catalogue.at(0).md4 = null;
  assert.is((await ask(to, `${PATH}.md4`)).status, 404);
  assert.is(
    elements((await ask(to, `${PATH}.metalink`)).body.toString())[6]?.[1]["type"],
    "sha256",
  );
});

test("a torrent is given where there is one", async () => {
  assert.is((await ask(to, `${PATH}.torrent`)).status, 404);
  to.torrents.set(0, Buffer.from([0, 1, 254, 255]));
  const answer = await ask(to, `${PATH}.torrent`);
  assert.is(header(answer, "content-type"), "application/x-bittorrent");
  assert.equal([...answer.body], [0, 1, 254, 255]);
  const { body, headers } = await ask(to, `${PATH}.torrent`, {}, "HEAD");
  assert.equal([body.length, headers.get("content-length")], [0, ["4"]]);
});

test("a real file wins over one that would be made", async () => {
  to.decider.decision.kind = "serve";
  assert.is((await ask(to, "/real.iso.sha256")).body.toString(), "as it was");
  to.decider.asked.length = 0;
});

test("only of files of the catalogue anything is made", async () => {
  for (const target of [
    "/other.meta4",
    "/pool.sha256",
    "/.meta4",
    `${PATH}.meta4.meta4`,
    `${PATH}.md5`,
  ]) {
    assert.is((await ask(to, target)).status, 404, target);
  }
});

test("a list of mirrors has a file's addresses", async () => {
  const answer = await ask(to, `${PATH}?mirrorlist`);
  assert.is(header(answer, "content-type"), "text/plain; charset=utf-8");
  assert.is(answer.body.toString(), MIRRORS.map((base) => `${base}pool/a%26b.iso\n`).join(""));
});

test("a folder's list has priorities for APT, and none for dnf", async () => {
  const others = MIRRORS.slice(0, -1).map((base, at) => `${base}\tpriority:${at + 1} type:deb\n`);
  const [own] = MIRRORS.slice(-1);
  // Indexes come from the server: those of two mirrors may disagree.
  const first = `${own}\tpriority:1 type:index\n`;
  const apt = `${first}${others.join("")}${own}\tpriority:${MIRRORS.length}\n`;
  assert.is((await ask(to, "/?mirrorlist")).body.toString(), apt);
  const dnf = MIRRORS.map((base) => `${base}os/\n`).join("");
  assert.is((await ask(to, "/os/?mirrorlist")).body.toString(), dnf);
  assert.is((await ask(to, "/none/?mirrorlist")).status, 404);
});

test.run();
