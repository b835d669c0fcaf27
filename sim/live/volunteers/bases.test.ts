import { test } from "uvu";
import * as assert from "uvu/assert";
import { addressOf, basesOf } from "./bases.ts";

const SERVER = "http://server.example/repo/";

/** From somewhere else, where anything is allowed. */
function based(...urls: readonly string[]) {
  return basesOf(urls, undefined, SERVER, "10.0.0.1");
}

test("addresses take their usual form, with a slash at the end", () => {
  assert.equal(based("HTTP://Alpha.Example:80/a b", "https://[2001:DB8::1]/"), {
    bases: ["http://alpha.example/a%20b/", "https://[2001:db8::1]/"],
  });
});

for (const [url, problem] of [
  ["alpha.example/", "expected an absolute address"],
  ["//alpha.example/", "expected an absolute address"],
  ["http://", "expected an absolute address"],
  ["http://alpha.example:99999/", "expected an absolute address"],
  ["ftp://alpha.example/", "expected http or https"],
  ["file:///etc/", "expected http or https"],
  ["javascript:alert(1)", "expected http or https"],
  ["http://me@alpha.example/", "expected no user and no password"],
  ["http://:secret@alpha.example/", "expected no user and no password"],
  ["http://alpha.example/?a=b", "expected no query and no fragment"],
  ["http://alpha.example/?", "expected no query and no fragment"],
  ["http://alpha.example/#a", "expected no query and no fragment"],
  ["http://0.0.0.0/", "nobody can be sent to an address that is unspecified"],
  ["http://[::]/", "nobody can be sent to an address that is unspecified"],
  ["http://169.254.169.254/latest/", "nobody can be sent to an address that is linkLocal"],
  ["http://[fe80::1]/", "nobody can be sent to an address that is linkLocal"],
  ["http://224.0.0.1/", "nobody can be sent to an address that is multicast"],
  ["http://255.255.255.255/", "nobody can be sent to an address that is broadcast"],
  ["http://127.0.0.1/", "an address of this machine itself is for volunteers on it"],
  ["http://2130706433/", "an address of this machine itself is for volunteers on it"],
  ["http://[::ffff:127.0.0.1]/", "an address of this machine itself is for volunteers on it"],
  ["http://[::1]/", "an address of this machine itself is for volunteers on it"],
  ["http://localhost:8080/", "an address of this machine itself is for volunteers on it"],
  ["http://server.example/repo", "is the server's own address"],
] as const) {
  test(`refused: ${url}: ${problem}`, () => {
    assert.equal(based("http://alpha.example/", url), { errors: [`urls.1: ${problem}`] });
  });
}

test("all that is wrong is told", () => {
  assert.equal(based("a", "ftp://b/", "http://c/", "http://c"), {
    errors: [
      "urls.0: expected an absolute address",
      "urls.1: expected http or https",
      "urls.3: duplicate: http://c/",
    ],
  });
});

test("a volunteer on this machine may have an address on it", () => {
  for (const from of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
    assert.equal(basesOf(["http://127.0.0.1:9/"], undefined, SERVER, from), {
      bases: ["http://127.0.0.1:9/"],
    });
  }
});

test("addresses begin with what the operator has named, as a whole", () => {
  const allowed = ["https://alpha.example/repo", "http://10.0.0.1/"];
  const from = (url: string) => basesOf([url], allowed, SERVER, "10.0.0.1");
  assert.equal(from("https://alpha.example/repo"), { bases: ["https://alpha.example/repo/"] });
  assert.equal(from("http://10.0.0.1/x/"), { bases: ["http://10.0.0.1/x/"] });
  const problem =
    "urls.0: expected it to begin with https://alpha.example/repo or http://10.0.0.1/";
  for (const url of [
    ...["https://alpha.example/repository/", "http://alpha.example/repo/"],
    ...["https://alpha.example/repo/../", "http://10.0.0.11/"],
  ]) {
    assert.equal(from(url), { errors: [problem] });
  }
});

test("a file is behind its volunteer's address, each part of its path encoded", () => {
  assert.is(
    addressOf("http://a/", "pool/ü?#%/x y+1~.deb"),
    "http://a/pool/%C3%BC%3F%23%25/x%20y%2B1~.deb",
  );
});

test.run();
