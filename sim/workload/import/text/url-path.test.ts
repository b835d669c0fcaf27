import { test } from "uvu";
import * as assert from "uvu/assert";
import { urlPath } from "./url-path.ts";

test("a path lacks scheme, host, query and fragment", () => {
  assert.is(urlPath("/a?b=/c"), "/a");
  assert.is(urlPath("/a#b?c"), "/a");
  assert.is(urlPath("http://example.org/a"), "/a");
  assert.is(urlPath("HTTPS://example.org:8080/a?http://x/"), "/a");
  assert.is(urlPath("ftp://example.org/pub/a"), "/pub/a");
  assert.is(urlPath("/httpd/http.deb"), "/httpd/http.deb");
  assert.is(urlPath(""), "");
});

test("the host stays where it is asked for", () => {
  assert.is(urlPath("http://example.org/a?b", { withHost: true }), "example.org/a");
});

test("percent-encoding is resolved where that gives text", () => {
  assert.is(urlPath("/c%2B%2b.deb"), "/c++.deb");
  assert.is(urlPath("/%C3%A4"), "/ä");
  assert.is(urlPath("/\xc3\xa4"), "/ä");
  assert.is(urlPath("/a%3Fb"), "/a?b");
  assert.is(urlPath("/100%"), "/100%");
  assert.is(urlPath("/%zz%4"), "/%zz%4");
  assert.is(urlPath("/%ff"), "/%FF");
  assert.is(urlPath("/\xff"), "/%FF");
});

test.run();
