/** Holds the model to its aims on the real measurements, where they are at hand. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { aimOf } from "./aims.ts";
import { validate } from "./validation.ts";

const measured = fileURLToPath(new URL("../../../shared/measured", import.meta.url));

if (!existsSync(measured)) {
  test("no measurements at hand: the aims are not checked", () => {});
} else {
  test("what is not a swarm is predicted as well as aimed", () => {
    const { measures, problems } = validate(measured, { letters: ["A", "B", "D", "E"] });
    assert.equal(problems, []);
    assert.equal(
      measures.map(({ name }) => name),
      ["A.bulk", "A.small", "A.all", "B.bytes", "B.time", "D.scenario", "D.request", "E.rate"],
    );
    for (const { name, median, naive } of measures) {
      assert.ok(median <= aimOf(name), `${name}: ${median} is above ${aimOf(name)}`);
      assert.ok(median < naive.median, `${name}: no better than the naive model`);
    }
  });
}

test.run();
