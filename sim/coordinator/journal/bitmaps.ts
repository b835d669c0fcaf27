import { base64, bytesOfBase64 } from "./base64.ts";
import type { ArrayForm } from "./values.ts";

const NAME = "bits:";

/** Bitmaps of files within a line: words of 32 bits, the lowest byte of each first, in base64. */
export const BITMAPS: ArrayForm = {
  textOf(array) {
    if (!(array instanceof Uint32Array)) throw new TypeError("expected words of a bitmap");
    const bytes = new Uint8Array(4 * array.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = array[i >> 2] >>> (8 * (i & 3));
    return NAME + base64(bytes);
  },
  arrayOf(text) {
    if (!text.startsWith(NAME)) throw new RangeError(`expected a bitmap; got #${text}`);
    const bytes = bytesOfBase64(text.slice(NAME.length));
    const words = new Uint32Array(bytes.length / 4);
    for (let i = 0; i < bytes.length; i++) words[i >> 2] |= bytes[i] << (8 * (i & 3));
    return words;
  },
};
