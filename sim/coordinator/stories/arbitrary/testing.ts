import * as fc from "fast-check";
import { type Move, WHATS } from "../random/testing.ts";

const wait = fc.oneof(
  { arbitrary: fc.constant(0), weight: 3 },
  { arbitrary: fc.double({ min: 0, max: 60, noNaN: true }), weight: 6 },
  { arbitrary: fc.constantFrom(1800, 3600, 40_000, 90_000), weight: 1 },
);

export const anyMoves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ what: fc.constantFrom(...WHATS), wait, a: fc.nat(), b: fc.nat(), c: fc.nat() }),
  { maxLength: 200, size: "max" },
);
