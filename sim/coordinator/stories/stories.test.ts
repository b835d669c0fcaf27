import { deepStrictEqual as same } from "node:assert";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { seededChance } from "../../engine/random.ts";
import { anyMoves } from "./arbitrary/testing.ts";
import { SETTINGS, settingOf, storyOf } from "./random/testing.ts";
import { byCalls, byJournal, eventsOf, withRestarts } from "./testing.ts";

const chance = () => seededChance("story");

/** Random stories for every policy, as long as the hosts have to be told them. */
const anyStory = fc
  .tuple(fc.nat(1e6), anyMoves)
  .map(([number, moves]) => ({ setting: settingOf(number, chance), moves }));

test("a story that is told again from its events has the same events", () => {
  fc.assert(
    fc.property(anyStory, ({ setting, moves }) => {
      const story = storyOf(setting, moves);
      same(eventsOf(setting, story), story);
    }),
  );
});

test("typed calls and the journal come to the same answers, actions and state, to the byte", () => {
  fc.assert(
    fc.property(anyStory, ({ setting, moves }) => {
      const story = storyOf(setting, moves);
      const told = byCalls(setting, story);
      const read = byJournal(setting, story);
      assert.equal(read.steps, told.steps);
      same(read.state, told.state);
    }),
  );
});

test("so do a snapshot and the events after it, wherever the break is", () => {
  fc.assert(
    fc.property(anyStory, fc.array(fc.nat(200), { minLength: 1 }), ({ setting, moves }, breaks) => {
      const story = storyOf(setting, moves);
      const told = byCalls(setting, story);
      const broken = withRestarts(...breaks)(setting, story);
      assert.equal(broken.steps, told.steps);
      same(broken.state, told.state);
    }),
  );
});

test("so it is with every policy of every family", () => {
  for (let number = 0; number < SETTINGS; number++) {
    const setting = settingOf(number, chance);
    const [moves] = fc.sample(anyMoves, { seed: number, numRuns: 1 });
    const story = storyOf(setting, moves);
    const told = byCalls(setting, story);
    for (const teller of [byJournal, withRestarts(5, Math.floor(story.length / 2))]) {
      same(teller(setting, story), told, setting.policies.dispatch.name);
    }
  }
});

test.run();
