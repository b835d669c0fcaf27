import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bundledAnswering, killAnswering } from "../../testing/kills/kill-answers.ts";
import { askedIn, problemsOf } from "../../testing/kills/recorded.ts";
import { newFolder } from "./testing.ts";

test("killed at any moment, no answered decision is lost, and all come out again", async () => {
  const room = newFolder();
  const folder = join(room, "journal");
  mkdirSync(folder);
  try {
    const script = await bundledAnswering(room);
    const plan = { kills: 10, milliseconds: 40, seed: "kills" };
    const answers = await killAnswering(script, folder, plan);
    assert.ok(answers.size > 100, `${answers.size} answers`);
    const recorded = new Map(askedIn(folder).map(({ customer, answer }) => [customer, answer]));
    for (const [customer, answer] of answers) assert.is(recorded.get(customer), answer);
    assert.equal(await problemsOf(folder), []);
  } finally {
    rmSync(room, { recursive: true });
  }
});

test.run();
