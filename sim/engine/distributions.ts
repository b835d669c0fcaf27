import { exponential, type Stream } from "./random.ts";

/** A law of positive lengths, such as seconds, with its mean. */
export type Law =
  | { readonly kind: "constant" | "exponential"; readonly mean: number }
  | {
      readonly kind: "weibull";
      readonly mean: number;
      readonly shape: number;
      readonly scale: number;
    }
  | {
      readonly kind: "gamma";
      readonly mean: number;
      readonly shape: number;
      readonly scale: number;
    }
  | {
      readonly kind: "lognormal";
      readonly mean: number;
      readonly median: number;
      readonly sigma: number;
    };

/** Draws from the law. Powers go through exp and log, on which all versions of Node agree. */
export function draw(law: Law, random: Stream): number {
  switch (law.kind) {
    case "constant":
      return law.mean;
    case "exponential":
      return exponential(random, law.mean);
    case "weibull":
      return law.scale * power(exponential(random, 1), 1 / law.shape);
    case "gamma":
      return law.scale * standardGamma(random, law.shape);
    case "lognormal":
      return law.median * Math.exp(law.sigma * standardNormal(random));
  }
}

/** Draws from the standard normal distribution (Box and Muller, 1958). */
export function standardNormal(random: Stream): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Draws from the gamma distribution of scale 1 by rejection (Marsaglia and Tsang, A simple method
 * for generating gamma variables, ACM TOMS 26, 2000); below shape 1 by a power of a uniform number.
 */
function standardGamma(random: Stream, shape: number): number {
  if (shape < 1) return standardGamma(random, shape + 1) * power(1 - random(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = standardNormal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function power(base: number, exponent: number): number {
  return base === 0 ? 0 : Math.exp(exponent * Math.log(base));
}
