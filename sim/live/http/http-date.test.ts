import { test } from "uvu";
import * as assert from "uvu/assert";
import { httpDate, secondsOf } from "./http-date.ts";
import { MODIFIED } from "./testing.ts";

test("the three forms of RFC 9110, 5.6.7, are one time", () => {
  assert.is(secondsOf("Sun, 06 Nov 1994 08:49:37 GMT"), MODIFIED);
  assert.is(secondsOf("Sunday, 06-Nov-94 08:49:37 GMT"), MODIFIED);
  assert.is(secondsOf("Sun Nov  6 08:49:37 1994"), MODIFIED);
  assert.is(httpDate(MODIFIED), "Sun, 06 Nov 1994 08:49:37 GMT");
});

test("a year of two digits is at most fifty years ahead", () => {
  const of = (year: string) => secondsOf(`Sunday, 06-Nov-${year} 08:49:37 GMT`, 2026);
  assert.is(of("76"), Date.UTC(2076, 10, 6, 8, 49, 37) / 1000);
  assert.is(of("77"), Date.UTC(1977, 10, 6, 8, 49, 37) / 1000);
});

test("what is no such date is none", () => {
  const texts = [
    ...[
      "",
      "0",
      "1994-11-06T08:49:37Z",
      "Sun, 06 Nov 1994 08:49:37",
      "Sun, 06 Now 1994 08:49:37 GMT",
    ],
    ...[
      "Sun, 06 Nov 1994 24:49:37 GMT",
      "Sun, 06 Nov 1994 08:60:37 GMT",
      "Sun, 6 Nov 1994 08:49:37 GMT",
    ],
    ...[
      "Sun, 06 Nov 1994 08:49:61 GMT",
      "Sun, 06 Nov 1994 08:49:37 GMT, x",
      "Sun Nov 6 08:49:37 1994",
    ],
  ];
  for (const text of texts) assert.is(secondsOf(text), null, text);
});

test.run();
