import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { entityStreams } from "../engine/entity-streams.ts";
import { streams } from "../engine/random.ts";
import { cpuSeconds } from "./cpu-seconds.ts";

const ENTITIES = 1_000_000;
/** Of the streams that are objects, of which a million would fill the memory. */
const OBJECTS = 100_000;
const DRAWS = 10;

/** What a stream takes to be made and to draw from, beside the streams that are objects. */
export function entityStreamCosts(): Record<string, number> {
  const light = made(ENTITIES, () => {
    const all = entityStreams(1)("bench", ENTITIES);
    return (entity) => all.next(entity);
  });
  const heavy = made(OBJECTS, () => {
    const all = Array.from({ length: OBJECTS }, (_, entity) => streams(1)(`bench ${entity}`));
    return (entity) => all[entity]();
  });
  return {
    "streams.entity.bytes": light.bytes,
    "streams.entity.drawNanoseconds": light.draw,
    "streams.entity.makeNanoseconds": light.make,
    "streams.object.bytes": heavy.bytes,
    "streams.object.drawNanoseconds": heavy.draw,
    "streams.object.makeNanoseconds": heavy.make,
    "streams.draw.overObject": heavy.draw / light.draw,
    "streams.bytes.overObject": heavy.bytes / light.bytes,
  };
}

/** Bytes, and nanoseconds to make and to draw, of each entity's stream. */
function made(entities: number, make: () => (entity: number) => number) {
  const before = memory();
  let next = (_entity: number) => 0;
  const making = cpuSeconds(() => {
    next = make();
  });
  const bytes = (memory() - before) / entities;
  let sum = 0;
  const drawing = cpuSeconds(() => {
    for (let time = 0; time < DRAWS; time++) {
      for (let entity = 0; entity < entities; entity++) sum += next(entity);
    }
  });
  if (!(sum > 0)) throw new Error("nothing was drawn");
  return { bytes, make: (1e9 * making) / entities, draw: (1e9 * drawing) / entities / DRAWS };
}

function memory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
