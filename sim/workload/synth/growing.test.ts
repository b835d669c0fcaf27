import { test } from "uvu";
import * as assert from "uvu/assert";
import { Growing } from "./growing.ts";

test("numbers stay as they were while their room doubles", () => {
  const growing = new Growing(Uint32Array);
  for (let index = 0; index < 3000; index++) growing.push(2 * index);
  assert.is(growing.length, 3000);
  assert.is(growing.get(2999), 5998);
  const values = growing.toArray();
  assert.is(values.length, 3000);
  assert.ok(values.every((value, index) => value === 2 * index));
});

test.run();
