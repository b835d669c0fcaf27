import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { asin, cosOfDegrees, exp, log, log2, pow, sinOfDegrees } from "./portable-math.ts";

/** The truth, as whole numbers of 2^-256, times 2^power. */
interface Truth {
  readonly parts: bigint;
  readonly power: number;
}

const BITS = 256;
const ONE = 1n << BigInt(BITS);

/** Whose cube is nothing beside it. */
const TINY = 2 ** -100;

const LN2 = 2n * artanh(ONE / 3n);
const PI = 16n * arctan(ONE / 5n) - 4n * arctan(ONE / 239n); // Machin, 1706

/** In units in the last place of the truth. */
const MOST = { exp: 0.9, log: 0.9, log2: 0.6, pow: 0.9, sin: 0.9, cos: 0.9, asin: 0.9 };

test("measured against the truth, the correctly rounded is off by half a unit at most", () => {
  assert.is(errorOf(1, truthOf(ONE)), 0);
  assert.is(errorOf(1 + 2 ** -52, truthOf(ONE)), 1);
  assert.is(errorOf(2 ** -1074, truthOf(ONE / 4n, -1073)), 0.5);
  assert.ok(errorOf(Math.PI, truthOf(PI)) < 0.5 && errorOf(Math.LN2, truthOf(LN2)) < 0.5);
  assert.ok(errorOf(Math.E, trueExp(ONE)) < 0.5 && errorOf(Math.SQRT2, truePow(2, 0.5)) < 0.5);
  assert.ok(errorOf(Math.LOG2E, truthOf((ONE * ONE) / LN2)) < 0.5);
});

/** Both all magnitudes and even steps, since bugs hide in either. */
const between = (min: number, max: number) =>
  fc.oneof(
    fc.double({ min, max, noNaN: true }),
    fc.nat(2 ** 31 - 1).map((step) => min + ((max - min) * step) / 2 ** 31),
  );
const positive = fc.oneof(
  fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  between(2 ** -10, 2),
  fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((step) => 1 + step * 2 ** -52),
);

test("exp, wherever it is neither 0 nor Infinity", () => {
  const isNear = (x: number) => within("exp", x, exp(x), trueExp(fixed(x)));
  for (let step = -745 * 8; step <= 709 * 8; step++) isNear(step / 8);
  holds(between(-745, 709.78), isNear);
  holds(between(-1, 1), isNear);
});

test("log and log2, from the least number to the greatest", () => {
  const isNear = (x: number) => {
    const truth = trueLog(x);
    within("log", x, log(x), truthOf(truth));
    within("log2", x, log2(x), truthOf((truth * ONE) / LN2));
  };
  for (let whole = 2; whole <= 2000; whole++) [whole, 1 / whole, 1 + 1 / whole].forEach(isNear);
  holds(positive, isNear);
});

test("log2 of a power of two is whole", () => {
  for (let power = -1074; power < 1024; power++) assert.is(log2(2 ** power), power);
});

test("sine and cosine, of small, large and huge angles", () => {
  const isNear = (angle: number) => {
    within("sin", angle, sinOfDegrees(angle), trueSin(angle, 0));
    within("cos", angle, cosOfDegrees(angle), trueSin(angle, 90));
  };
  for (let step = -1500; step <= 1500; step++) isNear(step / 4);
  for (const angle of [1e9 - 1, 1e9, 1e9 + 1, 1e15 + 1, 2 ** 60, -1e22, 1e-20]) isNear(angle);
  holds(between(-360, 360), isNear);
  holds(fc.double({ max: 1e60, min: -1e60, noNaN: true }), isNear);
});

test("angles whose sine is known have it exactly", () => {
  const sines = [0, 90, 180, 270, 360, 30, 150, -30, 3600, 1e12 * 360 + 90].map(sinOfDegrees);
  assert.equal(sines.map(Math.abs), [0, 1, 0, 1, 0, 0.5, 0.5, 0.5, 0, 1]);
  assert.equal(
    [0, 90, 180, 270, 360, 60, 120].map(cosOfDegrees).map((x) => x + 0),
    [1, 0, -1, 0, 1, 0.5, -0.5],
  );
});

test("asin, in all its range", () => {
  const isNear = (x: number) => within("asin", x, asin(x), trueAsin(x));
  for (let step = -1000; step <= 1000; step++) isNear(step / 1000);
  holds(between(-1, 1), isNear);
  holds(
    between(0, 1).map((x) => 1 - x * x * x * x),
    isNear,
  );
});

test("pow, of small and large powers", () => {
  const isNear = ([base, exponent]: [number, number]) => {
    const found = pow(base, exponent);
    if (0 < found && found < Infinity) {
      within("pow", `${base}, ${exponent}`, found, truePow(base, exponent));
    } else assert.ok(Math.abs(exponent * Math.log2(base)) > 1023.99, `${base}, ${exponent}`);
  };
  holds(fc.tuple(positive, between(-20, 20)), isNear);
  holds(fc.tuple(positive, fc.double({ noNaN: true, noDefaultInfinity: true })), isNear);
  const tuples = fc.tuple(positive, between(-1074, 1023.9));
  holds(
    tuples.map(([base, power]): [number, number] => [base, power / (Math.log2(base) || 1)]),
    isNear,
  );
});

test("pow of whole numbers is whole as long as it can be", () => {
  for (let base = 1n; base <= 40n; base++) {
    for (let power = 0n; base ** power < 2n ** 53n && power < 60n; power++) {
      assert.is(pow(Number(base), Number(power)), Number(base ** power), `${base} ** ${power}`);
    }
  }
});

test("at their edges they are what the language says", () => {
  const edges = [0, -0, Infinity, -Infinity, NaN];
  const large = [...edges, 709.79, -745.14, 1e300, -1e300];
  assert.equal(large.map(exp), large.map(Math.exp));
  for (const x of [...edges, 1, -1, -(2 ** -1074)]) {
    assert.equal([log(x), log2(x)], [Math.log(x), Math.log2(x)], `log(${x})`);
  }
  const beyond = [...edges, 1 + 2 ** -52, -2];
  assert.equal(beyond.map(asin), beyond.map(Math.asin));
  for (const x of [Infinity, NaN]) assert.equal([sinOfDegrees(x), cosOfDegrees(x)], [NaN, NaN]);
});

test("pow at its edges is what the language says, but for negative bases", () => {
  const exponents = [0, Infinity, -Infinity, NaN, 0.5, -0.5, 1, -1, 2, 1e300, -1e300];
  for (const base of [0, 1, 4, 0.25, Infinity, NaN]) {
    for (const exponent of exponents) {
      assert.equal(pow(base, exponent), base ** exponent, `${base}, ${exponent}`);
    }
  }
  assert.equal([pow(-2, 2), pow(-2, 0.5), pow(-1, 3)], [NaN, NaN, NaN]);
});

test.run();

function holds<T>(arguments_: fc.Arbitrary<T>, isNear: (argument: T) => void): void {
  fc.assert(fc.property(arguments_, isNear), { numRuns: 3000 });
}

function within(name: keyof typeof MOST, argument: unknown, found: number, truth: Truth): void {
  const error = errorOf(found, truth);
  assert.ok(error <= MOST[name], `${name}(${argument}) = ${found}: ${error} units`);
}

function truthOf(parts: bigint, power = 0): Truth {
  return { parts, power };
}

/** In units in the last place: the distance of doubles where the truth lies. */
function errorOf(found: number, { parts, power }: Truth): number {
  if (parts === 0n) return found === 0 ? 0 : Infinity;
  const digits = (parts < 0n ? -parts : parts).toString(2).length;
  const unit = Math.max(digits - 1 - BITS + power - 52, -1074);
  const { mantissa, exponent } = taken(found);
  const scale = 60 - unit;
  const apart = shifted(mantissa, exponent + scale) - shifted(parts, power - BITS + scale);
  return Math.abs(Number(apart)) / 2 ** 60;
}

/** x as mantissa · 2^exponent, both whole. */
function taken(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new BigUint64Array(Float64Array.of(x).buffer)[0];
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const size = field === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: x < 0 ? -size : size, exponent: Math.max(field, 1) - 1075 };
}

function shifted(whole: bigint, by: number): bigint {
  return by < 0 ? whole >> BigInt(-by) : whole << BigInt(by);
}

function fixed(x: number): bigint {
  const { mantissa, exponent } = taken(x);
  return shifted(mantissa, exponent + BITS);
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> BigInt(BITS);
}

function root(a: bigint): bigint {
  const square = a << BigInt(BITS);
  let above = 1n << BigInt(square.toString(2).length);
  for (;;) {
    const next = above === 0n ? 0n : (above + square / above) >> 1n;
    if (next >= above) return above;
    above = next;
  }
}

/** Of an argument well below 1. */
function artanh(s: bigint): bigint {
  return oddSeries(s, times(s, s));
}

function arctan(t: bigint): bigint {
  return oddSeries(t, -times(t, t));
}

/** s + s·z/3 + s·z²/5 + … */
function oddSeries(s: bigint, z: bigint): bigint {
  let sum = 0n;
  for (let power = s, n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = times(power, z);
  }
  return sum;
}

function trueExp(x: bigint): Truth {
  const power = (2n * x + LN2) / (2n * LN2);
  const rest = x - power * LN2;
  let sum = 0n;
  for (let term = ONE, n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = times(term, rest) / n;
  }
  return { parts: sum, power: Number(power) };
}

function trueLog(x: number): bigint {
  const { mantissa, exponent } = taken(x);
  const digits = mantissa.toString(2).length;
  const m = shifted(mantissa, BITS - digits); // From ½ to 1, below √½ doubled.
  const isLow = 2n * m * m < ONE * ONE;
  const [near, power] = isLow ? [2n * m, exponent + digits - 1] : [m, exponent + digits];
  return 2n * artanh(((near - ONE) * ONE) / (near + ONE)) + BigInt(power) * LN2;
}

function truePow(base: number, power: number): Truth {
  const { mantissa, exponent } = taken(power);
  return trueExp(shifted(trueLog(base) * mantissa, exponent));
}

/** The sine of degrees after as many degrees. */
function trueSin(angle: number, after: number): Truth {
  const { mantissa, exponent } = taken(angle);
  if (after === 0 && Math.abs(angle) < TINY) return truthOf((PI * mantissa) / 180n, exponent);
  const degrees = (fixed(angle) + BigInt(after) * ONE) % (360n * ONE);
  const x = times(degrees, PI) / 180n;
  let sum = 0n;
  for (let term = x, n = 2n; term !== 0n && term !== -1n; n += 2n) {
    sum += term;
    term = -times(times(term, x), x) / (n * (n + 1n));
  }
  return truthOf(degrees % (180n * ONE) === 0n ? 0n : sum);
}

/** 2 arctan(x / (1 + √(1 - x²))), and the tangent's angle halved until its series is short. */
function trueAsin(x: number): Truth {
  const { mantissa, exponent } = taken(x);
  if (Math.abs(x) < TINY) return truthOf(ONE * mantissa, exponent);
  const sine = fixed(x);
  let tangent = (sine * ONE) / (ONE + root(ONE - times(sine, sine)));
  let halves = 1n;
  for (; halves < 32n; halves *= 2n) {
    tangent = (tangent * ONE) / (ONE + root(ONE + times(tangent, tangent)));
  }
  return truthOf(2n * halves * arctan(tangent));
}
