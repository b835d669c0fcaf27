import { Batch } from "./batch.ts";
import { fromServer, type Method, type Part } from "./plan.ts";

/** Bytes of metadata that come with each chunk: a 16-byte digest (MD4, as rsync's) and its length. */
const CHUNK_METADATA = 20;

/** Every file comes whole, in chunks with a digest each: from the server, or another that has it. */
function wholeFrom(part: (volunteer: number, bytes: number) => Part): Method {
  return {
    opening: 0,
    chunkView: (_volunteer, _file, size) => ({ size }),
    plan: ({ volunteer, missing, chunk }) => ({
      stages: [[part(volunteer, onWire(missing, chunk))]],
      chunk,
      kept: (moved) => wholeChunks(moved, chunk),
      behind: null,
    }),
    isSame: (a, b) => a === b,
  };
}

export const whole: Method = {
  ...wholeFrom(fromServer),
  planTogether(volunteer, files) {
    const batch = new Batch(volunteer, ({ chunk }, moved) => wholeChunks(moved, chunk));
    for (const file of files) {
      batch.add(file, { upBytes: 0, downBytes: onWire(file.missing, file.chunk) });
    }
    return batch.plan();
  },
};

/** From a volunteer that holds the file, as mirrors in tiers do. */
export const wholeFromNode = (from: number) => wholeFrom((to, bytes) => ({ from, to, bytes }));

/** Bytes that cross the network for `payload` bytes of a file in chunks. */
function onWire(payload: number, chunk: number): number {
  return payload + Math.ceil(payload / chunk) * CHUNK_METADATA;
}

/** Payload bytes in complete chunks among the `moved` bytes of a transfer. */
function wholeChunks(moved: number, chunk: number): number {
  return Math.floor(moved / (chunk + CHUNK_METADATA)) * chunk;
}
