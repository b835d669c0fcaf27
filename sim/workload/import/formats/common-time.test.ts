import { test } from "uvu";
import * as assert from "uvu/assert";
import { secondsOf } from "./common-time.ts";

test("a time is seconds since 1970, its zone taken off", () => {
  assert.is(secondsOf("01/Jan/1970:00:00:00 +0000"), 0);
  assert.is(secondsOf("17/May/2015:08:05:32 +0000"), Date.UTC(2015, 4, 17, 8, 5, 32) / 1000);
  assert.is(secondsOf("17/May/2015:08:05:32 +0530"), Date.UTC(2015, 4, 17, 2, 35, 32) / 1000);
  assert.is(secondsOf("31/Dec/2015:20:00:00 -0800"), Date.UTC(2016, 0, 1, 4) / 1000);
  assert.is(secondsOf("29/Feb/2024:23:59:60 +0000"), Date.UTC(2024, 2, 1) / 1000); // A leap second.
});

test("what is no time is not a number", () => {
  const wrong = [
    "",
    "17/May/2015:08:05:32",
    "17/May/15:08:05:32 +0000",
    "17/Mai/2015:08:05:32 +0000",
    "31/Apr/2015:08:05:32 +0000",
    "29/Feb/2023:08:05:32 +0000",
    "00/May/2015:08:05:32 +0000",
    "17/May/2015:24:05:32 +0000",
    "17/May/2015:08:60:32 +0000",
    "2015-05-17T08:05:32Z",
  ];
  for (const text of wrong) assert.ok(Number.isNaN(secondsOf(text)), text);
});

test.run();
