import { test } from "uvu";
import * as assert from "uvu/assert";
import { tinyWorkload } from "../model/testing.ts";
import { newBytes, publishedBytes } from "./new-bytes.ts";

const workload = tinyWorkload(
  [100, 200, 400, 800, 1600],
  [
    [50, 0, 0],
    [60, 0, 1],
    [61, 1, 1],
    [70, 0, 2],
    [80, 0, 4],
  ],
  {
    released: { 1: 10, 2: 20, 3: 30, 4: 40 },
    twins: { 2: 1, 4: 0 },
    window: 100,
  },
);

test("the server has to send each new content once, if anybody asks for it", () => {
  // File 0 is old and 4 has its content, 2 has the content of 1, and nobody wants 3.
  assert.is(newBytes(workload, 0), 200);
});

test("what is published before the measured time may have been sent before it", () => {
  assert.is(newBytes(workload, 10), 200);
  assert.is(newBytes(workload, 11), 0);
});

test("what is published has to come from the server once, whether or not anybody asks for it", () => {
  // 1 and its twin 2, and 3; file 4 has the content of an old one.
  assert.is(publishedBytes(workload, 0), 200 + 800);
  assert.is(publishedBytes(workload, 11), 800);
});

test.run();
