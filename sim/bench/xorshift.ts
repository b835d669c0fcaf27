import type { Random } from "../policies/index.ts";

/** Uniform numbers by xorshift32 (Marsaglia, 2003), as cheap as chance can be. */
export function xorshift(seed: number): Random {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}
