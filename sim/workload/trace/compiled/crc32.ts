import * as zlib from "node:zlib";

type Crc32 = (bytes: Uint8Array, before?: number) => number;

/**
 * CRC-32 of ISO 3309 as in gzip (RFC 1952, section 8), from 0 to 2³² − 1. `before` is that of the
 * bytes before these, so that pieces give the sum of the whole.
 *
 * Node has it since 20.15 and 22.2, many times faster than the table.
 */
export const crc32: Crc32 = (zlib as { crc32?: Crc32 }).crc32 ?? tableCrc32;

/** What a byte alone adds: eight steps of division by the reversed polynomial. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

export function tableCrc32(bytes: Uint8Array, before = 0): number {
  let sum = ~before;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return ~sum >>> 0;
}
