import { test } from "uvu";
import * as assert from "uvu/assert";
import { titleOf } from "./title.ts";

test("every number has a name of its own, fit for a file", () => {
  const names = Array.from({ length: 200_000 }, (_, number) => titleOf(number));
  assert.is(new Set(names).size, names.length);
  assert.ok(names.every((name) => /^[a-z]+(-[a-z]+)*$/.test(name) && name.length <= 16));
});

test.run();
