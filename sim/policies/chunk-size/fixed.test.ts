import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import { fixed } from "./fixed.ts";

test("the chunk is 64 KiB unless told otherwise", () => {
  assert.is(bind(fixed).decide({ size: 1e9 }, replay([])).chunkSize, 64 * 1024);
  assert.is(bind(fixed, { chunkSize: 1000 }).decide({ size: 1e9 }, replay([])).chunkSize, 1000);
});

test("a file shorter than the chunk is one chunk", () => {
  const { decide } = bind(fixed, { chunkSize: 1000 });
  assert.equal(decide({ size: 1001 }, replay([])), { chunkSize: 1000, reason: "fixed chunk" });
  assert.equal(decide({ size: 1000 }, replay([])), { chunkSize: 1000, reason: "whole file" });
  assert.equal(decide({ size: 1 }, replay([])), { chunkSize: 1, reason: "whole file" });
});

test.run();
