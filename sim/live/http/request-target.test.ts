import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { asks, encodedPath, isPlainPath, requestTarget } from "./request-target.ts";

const HOST = "mirror.example";

test("a path is decoded once, by segment", () => {
  const cases: readonly (readonly [target: string, path: string])[] = [
    ["/", ""],
    ["/pool/a.deb", "pool/a.deb"],
    ["/a%20b", "a b"],
    ["/a%2520b", "a%20b"],
    ["/a+b", "a+b"],
    ["/a%2Bb", "a+b"],
    ["/%C3%A9", "é"],
    ["/%c3%a9", "é"],
    ["/../x", "../x"],
    ["/%2e%2E/x", "../x"],
    ["//host/x", "/host/x"],
    ["/a%3Fb", "a?b"],
    ["/a%23b", "a#b"],
    ["/a%5Cb", "a\\b"],
  ];
  for (const [target, path] of cases) {
    assert.equal(requestTarget(target, HOST), { path, query: "" }, target);
  }
});

test("an encoded slash parts no segments: nothing has such a path", () => {
  for (const target of ["/pool%2Fa.deb", "/pool%2fa.deb", "/%2F"]) {
    assert.is(requestTarget(target, HOST)?.path, "//");
  }
});

test("the query is what stands behind the first question mark, as it is", () => {
  assert.equal(requestTarget("/a?b%20?c", HOST), { path: "a", query: "b%20?c" });
  assert.equal(requestTarget("/a?", HOST), { path: "a", query: "" });
});

test("what is no path of ASCII and UTF-8 is refused", () => {
  const targets = [
    ...[
      "/%",
      "/%4",
      "/%zz",
      "/%00",
      "/a%00.deb",
      "/%0d%0aX",
      "/%7f",
      "/\xe9",
      "/\xc3\xa9",
      "/%e9",
      "/%ff",
    ],
    ...["/%ed%a0%80", "/%c0%af", "/a#b", "", "*", "a", "mirror.example:80"],
  ];
  for (const target of targets) assert.is(requestTarget(target, HOST), null, target);
});

test("an absolute target counts where it agrees with Host, in upper or lower case", () => {
  assert.equal(requestTarget("http://Mirror.example/a?b", HOST), { path: "a", query: "b" });
  assert.equal(requestTarget("HTTPS://mirror.example/a", "MIRROR.EXAMPLE"), {
    path: "a",
    query: "",
  });
  assert.equal(requestTarget("http://mirror.example", HOST), { path: "", query: "" });
  assert.equal(requestTarget("http://mirror.example?b", HOST), { path: "", query: "b" });
  const refused = [
    ...[
      "http://evil.example/a",
      "http:///a",
      "http://u@mirror.example/a",
      "ftp://mirror.example/a",
    ],
    "http://mirror.example:80/a",
  ];
  for (const target of refused) assert.is(requestTarget(target, HOST), null, target);
  assert.is(requestTarget("http://mirror.example/a", undefined), null);
});

test("plain is what means the same without decoding", () => {
  for (const target of ["/", "/pool/main/h/hello_1.0~rc1+b2-1_all.deb", "//a", "/../a", "/a:b@c"]) {
    assert.ok(isPlainPath(target), target);
    assert.is(requestTarget(target, HOST)?.path, target.slice(1));
  }
  for (const target of [
    "",
    "a",
    "*",
    "/a%20b",
    "/a?b",
    "/a#b",
    "/\xe9",
    "/a b",
    "/\x7f",
    "/a\\b",
  ]) {
    assert.not(isPlainPath(target), target);
  }
});

test("what is plain is read the same by either way", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      const target = `/${text}`;
      if (isPlainPath(target)) assert.is(requestTarget(target, HOST)?.path, text);
    }),
  );
});

test("a path that is encoded is that path again, in unreserved characters", () => {
  assert.is(encodedPath("pool/h/hello_1.0-1.deb"), "pool/h/hello_1.0-1.deb");
  assert.is(encodedPath("a b/c+d/é?#%"), "a%20b/c%2Bd/%C3%A9%3F%23%25");
  assert.is(encodedPath("a[Z]^`{"), "a%5BZ%5D%5E%60%7B");
  assert.is(encodedPath("a:b;c,d"), "a%3Ab%3Bc%2Cd");
  const name = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((text) => !/[\p{Cc}/]/u.test(text));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), (names) => {
      const path = names.join("/");
      assert.is(requestTarget(`/${encodedPath(path)}`, HOST)?.path, path);
    }),
  );
});

test("a query asks by a key, with a value or without", () => {
  assert.ok(asks("explain", "explain"));
  assert.ok(asks("a=b&explain=1", "explain"));
  assert.not(asks("explained", "explain"));
  assert.not(asks("a=explain", "explain"));
  assert.not(asks("", "explain"));
});

test.run();
