import { assert } from "./assert.ts";
import { Fingerprint } from "./fingerprint.ts";
import { Threefry } from "./threefry.ts";

/** One stream of chance for each of many entities, by their numbers. */
export interface EntityStreams {
  /** The next number of the entity's stream: uniform on [0, 1), 53 bits. */
  next(entity: number): number;
}

/**
 * Named streams of chance from one seed, one for each of `entities` under every name. They cost four
 * bytes each, where a stream of `streams` costs hundreds: a number is a function of the seed, the
 * name, the entity and how many the entity has drawn, so what one entity draws, or whether it is
 * there at all, changes nothing for the others.
 */
export function entityStreams(
  seed: number | string,
): (name: string, entities: number) => EntityStreams {
  return (name, entities) => {
    const threefry = new Threefry(...keyOf(`${seed}/${name}`));
    const drawn = new Uint32Array(entities);
    return {
      next(entity) {
        assert(entity < entities, "unknown entity");
        threefry.block(entity, drawn[entity]++);
        return ((threefry.first >>> 5) * 67_108_864 + (threefry.second >>> 6)) / 2 ** 53;
      },
    };
  };
}

function keyOf(text: string): [number, number] {
  const hash = new Fingerprint();
  hash.addText(text);
  const digits = hash.toString();
  return [Number.parseInt(digits.slice(0, 8), 16), Number.parseInt(digits.slice(8), 16)];
}
