/**
 * CRC-32 of ISO 3309 as in gzip (RFC 1952, section 8), from 0 to 2³² − 1. `before` is that of the
 * bytes before these, so that pieces give the sum of the whole.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let sum = ~before;
  for (let i = 0; i < bytes.length; i++) sum = TABLE[(sum ^ bytes[i]) & 0xff] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** The same of a text of ASCII from `start` on; -1 where there is something else in it. */
export function crc32OfText(text: string, start = 0): number {
  let sum = -1;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return -1;
    sum = TABLE[(sum ^ code) & 0xff] ^ (sum >>> 8);
  }
  return ~sum >>> 0;
}

/** What a byte alone adds: eight steps of division by the reversed polynomial. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});
