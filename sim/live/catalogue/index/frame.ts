import { crc32 } from "../../../workload/trace/compiled/crc32.ts";

/**
 * What the index is made of: frames of a head and a payload, whose length is a multiple of 8. Numbers are
 * little-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 0–3 | `MLCF` |
 * | 4–7 | length of the payload in bytes |
 * | 8–11 | version of the catalogue that holds behind it |
 * | 12–15 | CRC-32 of the two before and the payload |
 */
export const FRAME_HEAD = 16;

const MAGIC = 0x46434c4d;

/** Writes the head of a frame that fills all of `frame`. */
export function sealFrame(frame: Uint8Array, version: number): void {
  const view = viewOf(frame);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, frame.length - FRAME_HEAD, true);
  view.setUint32(8, version, true);
  view.setUint32(12, sumOf(frame), true);
}

/** Bytes that the frame has whose head this is; 0 where it is none. */
export function frameLength(head: Uint8Array): number {
  const view = viewOf(head);
  const payload = view.getUint32(4, true);
  return view.getUint32(0, true) === MAGIC ? FRAME_HEAD + payload : 0;
}

/** The version in a frame whose bytes are as they were written; else null. */
export function frameVersion(frame: Uint8Array): number | null {
  const view = viewOf(frame);
  return view.getUint32(12, true) === sumOf(frame) ? view.getUint32(8, true) : null;
}

function sumOf(frame: Uint8Array): number {
  return crc32(frame.subarray(FRAME_HEAD), crc32(frame.subarray(4, 12)));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
