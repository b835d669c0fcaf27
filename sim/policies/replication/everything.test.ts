import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import { everything } from "./everything.ts";

test("every volunteer with room gets every file, however old", () => {
  const volunteers = [
    { node: 0, free: 99, volatile: false },
    { node: 1, free: 100, volatile: false },
    { node: 2, free: Number.POSITIVE_INFINITY, volatile: true },
    { node: 3, free: 1000, volatile: false }, // Beyond the count.
  ];
  const view = { file: 0, size: 100, age: Number.POSITIVE_INFINITY, volunteers, count: 3 };
  assert.equal(bind(everything).decide(view, replay([])).copyTo, [1, 2]);
});

test.run();
