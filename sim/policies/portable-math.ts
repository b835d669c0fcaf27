/**
 * Functions whose last bits ECMAScript leaves to the engine ("implementation-approximated", ECMA-262,
 * 21.3.2; `**` too), made of operations that IEEE 754 fixes: the same bytes in every engine.
 *
 * The methods are those of Sun's fdlibm, as in FreeBSD's msun (e_exp.c, e_log.c, e_pow.c, k_sin.c,
 * k_cos.c, e_asin.c), with plain series for some of its fitted polynomials, and single precision for
 * numbers whose products have to be exact. The test allows the errors, in units in the last place.
 */

/** e^x for every x, within 0.9 units. */
export function exp(x: number): number {
  if (!(x < 709.8)) return x > 0 ? Number.POSITIVE_INFINITY : x;
  if (x < -745.2) return 0;
  const k = Math.trunc(x * Math.LOG2E + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_SHORT;
  const low = k * LN2_REST;
  return scaled(1 - (low - expRest(high - low) - high), k);
}

/** The natural logarithm of every x, NaN below 0, within 0.9 units. */
export function log(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return logAtEdge(x);
  slots[0] = x;
  const k = splitOff();
  const f = slots[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const half = 0.5 * f * f;
  const rest = half + z * (2 / 3 + z * artanhRest(z));
  return k * LN2_SHORT - (half - (s * rest + k * LN2_REST) - f);
}

/** The logarithm to base 2 of every x, NaN below 0, within 0.6 units; whole where it should be. */
export function log2(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return logAtEdge(x);
  slots[0] = x;
  log2OfSlot();
  return slots[0] + slots[2];
}

/** base^exponent for every base from 0 on and every exponent, within 0.9 units; below 0, NaN. */
export function pow(base: number, exponent: number): number {
  if (exponent === 1) return base;
  slots[0] = base;
  slots[1] = exponent;
  powOfSlots();
  return slots[0];
}

/** The sine of any angle in degrees, within 0.9 units: whole turns are taken away exactly. */
export function sinOfDegrees(angle: number): number {
  slots[0] = angle;
  waveOfSlot(0);
  return slots[0];
}

/** The cosine of any angle in degrees, within 0.9 units. */
export function cosOfDegrees(angle: number): number {
  slots[0] = angle;
  waveOfSlot(1);
  return slots[0];
}

/** The arc sine in radians, NaN beyond ±1, within 0.9 units. */
export function asin(x: number): number {
  slots[0] = x;
  asinOfSlot();
  return slots[0];
}

/** ln 2, so short that its products with exponents are exact, and the rest. */
const LN2_SHORT = 0.693_147_180_369_123_8;
const LN2_REST = 1.908_214_929_270_587_7e-10;

/** Heads are in single precision; tails are what they, or the double, lack. */
const LN2_HEAD = Math.fround(Math.LN2);
const LN2_TAIL = -1.904654299957768e-9;
const FACTOR = (2 / 3) * Math.LOG2E;
const FACTOR_HEAD = Math.fround(FACTOR);
const FACTOR_TAIL = -7.028461650952758e-9;
const DEGREE = Math.PI / 180;
const DEGREE_HEAD = Math.fround(DEGREE);
const DEGREE_TAIL = 1.3519960527851425e-10;
const HALF_PI_TAIL = 6.123233995736766e-17;

/** Coefficients of e_exp.c and e_asin.c. */
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;
const A0 = 0.16666666666666666;
const A1 = -0.3255658186224009;
const A2 = 0.20121253213486293;
const A3 = -0.04005553450067941;
const A4 = 7.915349942898145e-4;
const A5 = 3.479331075960212e-5;
const B1 = -2.403394911734414;
const B2 = 2.0209457602335057;
const B3 = -0.6882839716054533;
const B4 = 0.07703815055590194;

/**
 * Where long functions find and leave their numbers: a fraction that is passed to a function, or
 * returned, is allocated, unless the engine happens to inline the call.
 */
const slots = Float64Array.of(-0, 0, 0);

/** The higher word of slot 0, which comes second on nearly all machines. */
const words = new Uint32Array(slots.buffer);
const HIGH = words[0] === 0 ? 1 : 0;

/** All powers of two, from the least number there is. */
const POWERS = new Float64Array(2098);
for (let i = 0, power = Number.MIN_VALUE; i < 2098; i++, power *= 2) POWERS[i] = power;

function powerOfTwo(k: number): number {
  return POWERS[k + 1074];
}

/** y·2^k, rounded once. */
function scaled(y: number, k: number): number {
  return y * powerOfTwo(k >> 1) * powerOfTwo(k - (k >> 1));
}

/** Leaves x/2^k, from √½ to √2, of the x in slot 0 there and returns the whole k. */
function splitOff(): number {
  const isTiny = slots[0] < 2.2250738585072014e-308;
  if (isTiny) slots[0] *= 18_014_398_509_481_984;
  const k = ((words[HIGH] + 0x95f64) >>> 20) - 1023;
  slots[0] *= powerOfTwo(-k);
  return isTiny ? k - 54 : k;
}

/** e^x - 1 - x within ±ln(2)/2. */
function expRest(x: number): number {
  const z = x * x;
  const c = x - z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * P5))));
  return (x * c) / (2 - c);
}

function logAtEdge(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x > 0 ? x : Number.NaN;
}

/** Σ 2z^i/(2i + 5): of 2 artanh(s) = 2s + 2s³/3 + s⁵·(this), z = s². Good up to 0.03, for √½ and √2. */
function artanhRest(z: number): number {
  const w = z * z;
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21 + w * (2 / 25)))));
  const odd = 2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19 + w * (2 / 23))));
  return even + z * odd;
}

/** Leaves the logarithm to base 2 of slot 0 there in single precision, and the rest in slot 2. */
function log2OfSlot(): void {
  const k = splitOff();
  const f = slots[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  // s as two parts, then 3 artanh(s)/s as two parts, then their product.
  const sHead = Math.fround(s);
  const divisor = Math.fround(2 + f);
  const sTail = (f - sHead * divisor - sHead * (f - (divisor - 2))) / (2 + f);
  const square = sHead * sHead;
  const rest = 1.5 * z * z * artanhRest(z) + sTail * (sHead + s);
  const sumHead = Math.fround(3 + square + rest);
  const sumTail = rest - (sumHead - 3 - square);
  const more = sTail * sumHead + sumTail * s;
  const head = Math.fround(sHead * sumHead + more);
  const tail = more - (head - sHead * sumHead);
  const part = FACTOR_HEAD * head;
  const partTail = FACTOR_TAIL * head + tail * FACTOR;
  slots[0] = Math.fround(part + partTail + k);
  slots[2] = partTail - (slots[0] - k - part);
}

/** Leaves slot 0 to the power of slot 1 in slot 0. */
function powOfSlots(): void {
  const exponent = slots[1];
  const isPlain = slots[0] > 0 && slots[0] < Number.POSITIVE_INFINITY && slots[0] !== 1;
  if (!isPlain || exponent === 0) {
    powAtEdge();
    return;
  }
  log2OfSlot();
  const power = exponent * slots[0];
  if (Math.abs(power) > 1100) {
    slots[0] = power > 0 ? Number.POSITIVE_INFINITY : 0;
    return;
  }
  const k = Math.ceil(power - 0.5);
  const exponentHead = Math.fround(exponent);
  const low = (exponent - exponentHead) * slots[0] + exponent * slots[2];
  const high = exponentHead * slots[0] - k;
  // 2^(high + low) is e to the power of head + tail.
  const sum = Math.fround(high + low);
  const head = sum * LN2_HEAD;
  const tail = (low - (sum - high)) * Math.LN2 + sum * LN2_TAIL;
  const about = 1 + head;
  slots[0] = scaled(about + (head - (about - 1) + (tail + expRest(head + tail))), k);
}

/** For bases that have no logarithm to split, and powers that are 1: but NaN is 1 to the ±Infinity. */
function powAtEdge(): void {
  const base = slots[0];
  const exponent = slots[1];
  if (exponent === 0) slots[0] = 1;
  else if (!(base >= 0) || Number.isNaN(exponent)) slots[0] = Number.NaN;
  else if (base === 1) slots[0] = 1 + 0 * exponent;
  else slots[0] = base > 1 === exponent > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** The sine of the angle in slot 0, after so many quarters of a turn. */
function waveOfSlot(quarters: number): void {
  const given = slots[0];
  const angle = Math.abs(given) < 1e9 ? given : given % 360;
  const turned = Math.round(angle * (1 / 90));
  const degrees = angle - turned * 90; // Exact, as the remainder is.
  const degreesHead = Math.fround(degrees);
  const head = degreesHead * DEGREE_HEAD;
  const rest = (degrees - degreesHead) * DEGREE + degreesHead * DEGREE_TAIL;
  const x = head + rest;
  const tail = rest - (x - head);
  const z = x * x;
  const w = z * z;
  const quarter = (turned + quarters) & 3;
  if ((quarter & 1) === 0) {
    const up =
      1 / 120 + w * (1 / 362_880 + w * (1 / 6_227_020_800 + w * (1 / 355_687_428_096_000)));
    const down = 1 / 5040 + w * (1 / 39_916_800 + w * (1 / 1_307_674_368_000));
    const cube = z * x;
    slots[0] = x - (z * (0.5 * tail - cube * (up - z * down)) - tail + cube * (1 / 6));
  } else {
    const up = 1 / 24 + w * (1 / 40_320 + w * (1 / 479_001_600 + w * (1 / 20_922_789_888_000)));
    const down = 1 / 720 + w * (1 / 3_628_800 + w * (1 / 87_178_291_200));
    const about = 1 - 0.5 * z;
    slots[0] = about + (1 - about - 0.5 * z + (w * (up - z * down) - x * tail));
  }
  if (quarter >= 2) slots[0] = -slots[0];
}

function asinOfSlot(): void {
  const x = slots[0];
  const size = Math.abs(x);
  const isNear = size < 0.5; // Else asin(size) = π/2 - 2 asin(√z).
  const z = isNear ? x * x : 0.5 * (1 - size);
  const above = z * (A0 + z * (A1 + z * (A2 + z * (A3 + z * (A4 + z * A5)))));
  const rest = above / (1 + z * (B1 + z * (B2 + z * (B3 + z * B4))));
  if (isNear) {
    slots[0] = x + x * rest;
    return;
  }
  const root = Math.sqrt(z);
  const head = Math.fround(root);
  const tail = z === 0 ? 0 : (z - head * head) / (root + head);
  const small = 2 * root * rest - (HALF_PI_TAIL - 2 * tail);
  const angle = Math.PI / 4 - (small - (Math.PI / 4 - 2 * head));
  slots[0] = x < 0 ? -angle : angle;
}
