import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { seededChance } from "./chance.ts";

test("a name's stream is the one that the simulator draws from the same seed", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, (seed, name) => {
      const chance = seededChance(seed);
      const [kept, fresh, expected] = [
        chance.stream(name),
        chance.fresh(name),
        streams(seed)(name),
      ];
      for (let i = 0; i < 100; i++) {
        const draw = expected();
        assert.is(kept(), draw);
        assert.is(fresh(), draw);
      }
    }),
  );
});

test("chance goes on where it was saved, for those who hold its streams already", () => {
  const [before, after] = [seededChance("1"), seededChance("1")];
  const first = before.stream("dispatch");
  before.stream("trust");
  const [second, unused] = [after.stream("dispatch"), after.stream("trust")];
  for (let i = 0; i < 10; i++) first();
  after.load(JSON.parse(JSON.stringify(before.save())));
  for (let i = 0; i < 100; i++) assert.is(second(), first());
  assert.equal(after.save(), before.save());
  assert.is(unused(), streams(1)("trust")());
});

test("what is drawn after a save does not change it", () => {
  const chance = seededChance("1");
  const draw = chance.stream("dispatch");
  const saved = chance.save();
  const next = draw();
  chance.load(saved);
  assert.is(draw(), next);
});

test.run();
