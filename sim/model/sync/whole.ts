import { fromServer, type Method } from "./plan.ts";

/** Bytes of metadata that come with each chunk: a 16-byte digest (MD4, as rsync's) and its length. */
const CHUNK_METADATA = 20;

/** Every file comes whole from the server, in chunks with a digest each. */
export const whole: Method = {
  opening: 0,
  plan: ({ volunteer, missing, chunk }) => ({
    stages: [[fromServer(volunteer, onWire(missing, chunk))]],
    chunk,
    kept: (moved) => wholeChunks(moved, chunk),
    behind: null,
  }),
  isSame: (a, b) => a === b,
};

/** Bytes that cross the network for `payload` bytes of a file in chunks. */
function onWire(payload: number, chunk: number): number {
  return payload + Math.ceil(payload / chunk) * CHUNK_METADATA;
}

/** Payload bytes in complete chunks among the `moved` bytes of a transfer. */
function wholeChunks(moved: number, chunk: number): number {
  return Math.floor(moved / (chunk + CHUNK_METADATA)) * chunk;
}
