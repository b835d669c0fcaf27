import { test } from "uvu";
import * as assert from "uvu/assert";
import { RateLimit, rateKey } from "./rate-limit.ts";

test("so many at once, and so many per second from then on", () => {
  const limit = new RateLimit([2, 3]);
  assert.equal(
    [1, 2, 3].map(() => limit.take("a", 10)),
    [0, 0, 0],
  );
  assert.is(limit.take("a", 10), 0.5);
  assert.is(limit.take("a", 10), 0.5, "what is refused is not counted");
  assert.is(limit.take("b", 10), 0);
  assert.is(limit.take("a", 10.5), 0);
  assert.is(limit.take("a", 10.75), 0.25);
  assert.equal(
    [1, 2, 3].map(() => limit.take("a", 100)),
    [0, 0, 0],
    "full again, not fuller",
  );
  assert.is(limit.take("a", 100), 0.5);
});

test("of the keys those that came last are remembered", () => {
  const limit = new RateLimit([1, 1]);
  limit.take("a", 0);
  for (let i = 0; i < 9999; i++) limit.take(`b${i}`, 0);
  assert.is(limit.take("a", 0), 1);
  limit.take("c", 0);
  assert.is(limit.take("a", 0), 0);
});

test("a key that comes again is one of those that came last", () => {
  const limit = new RateLimit([1, 2]);
  limit.take("a", 0);
  for (let i = 0; i < 9999; i++) limit.take(`b${i}`, 0);
  limit.take("a", 0);
  limit.take("c", 0);
  assert.is(limit.take("a", 0), 1);
});

for (const [address, key] of [
  ["10.0.0.1", "10.0.0.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:db8:1:2::", "2001:db8:1:2"],
  ["::1", "0:0:0:0"],
  ["::", "0:0:0:0"],
  ["1::2:3:4:5:6:7", "1:0:2:3"],
] as const) {
  test(`${address} counts as ${key}`, () => assert.is(rateKey(address), key));
}

test.run();
