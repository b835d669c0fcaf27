import { crc32, crc32OfText } from "../../coordinator/journal/crc32.ts";
import { journalOf } from "../../coordinator/journal/testing.ts";
import {
  type Move,
  SETTINGS,
  settingOf,
  storyOf,
  WHATS,
} from "../../coordinator/stories/random/testing.ts";
import { byJournal, eventsOf } from "../../coordinator/stories/testing.ts";
import { seededChance } from "../../engine/random.ts";
import type { Random } from "../../policies/index.ts";
import { stream } from "../../policies/testing.ts";

/** Moves of a story. */
const MOVES = 300;

/**
 * A line for every setting of policies: checksums of a random story's journal, of all answers and
 * actions when it is read back, and of the coordinator's snapshot at the end.
 */
export function output(): string {
  return Array.from({ length: SETTINGS }, (_, number) => {
    const setting = settingOf(number, () => seededChance("engines"));
    const story = storyOf(setting, moves(stream(number)));
    const { steps, state } = byJournal(setting, story);
    const sums = [
      crc32OfText(journalOf(eventsOf(setting, story))),
      crc32OfText(steps.join("\n")),
      crc32(state),
    ];
    return `${setting.policies.dispatch.name}: ${sums.join(" ")}, ${state.length} bytes`;
  }).join("\n");
}

function moves(random: Random): Move[] {
  const whole = () => Math.floor(random() * 0x7fffffff);
  return Array.from({ length: MOVES }, () => ({
    what: WHATS[Math.floor(random() * WHATS.length)],
    wait: random() < 0.3 ? 0 : random() < 0.9 ? 60 * random() : 20_000 * random(),
    a: whole(),
    b: whole(),
    c: whole(),
  }));
}
