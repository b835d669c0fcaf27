/** Uniform numbers in [0, 1), by sfc32 (Chris Doty-Humphrey, PractRand), which any language can repeat. */
export function workloadRandom(seed: number): () => number {
  let [a, b, c, counter] = [0x9e3779b9 | 0, 0x243f6a88 | 0, 0xb7e15162 | 0, seed | 0];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 20; round++) next();
  return next;
}

/** A standard normal number (Box and Muller, 1958). */
export function workloadNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Bytes of a file that is no disk image: log-normal, from 1 kB to 300 MB. */
export function fileBytes(median: number, normal: number): number {
  return Math.max(1000, Math.min(300e6, Math.round(median * Math.exp(1.5 * normal))));
}
