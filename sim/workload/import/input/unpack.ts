import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import * as zlib from "node:zlib";
import { InputError } from "../../../engine/input-error.ts";
import { unreadable } from "../../files/unreadable.ts";
import { unpackXz } from "./xz.ts";

/** Bytes of a chunk: few enough to stay in a processor's cache until they are read. */
const CHUNK = 256 * 1024;

/** A way of packing, known by the first bytes of a file and not by its name. */
interface Packing {
  readonly name: string;
  readonly magic: readonly number[];
  /** The unpacked bytes, or null where there is no way to unpack. */
  readonly unpack: (packed: Readable, path: string) => AsyncIterable<Uint8Array> | null;
}

const PACKINGS: readonly Packing[] = [
  // RFC 1952, section 2.3.1; members one after the other are one file, as log rotation makes them.
  { name: "gzip", magic: [0x1f, 0x8b], unpack: unpackGzip },
  // The .xz File Format 1.2.1, section 2.1.1.1.
  { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unpack: unpackXz },
  // RFC 8878, section 3.1.1.
  { name: "zstd", magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: unpackZstd },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68], unpack: () => null },
];

/**
 * The bytes of the file at `path` in chunks, unpacked. A chunk is valid until the next one is asked
 * for.
 *
 * @throws InputError when it cannot be read, is damaged or is packed in a way not known here.
 */
export async function* unpacked(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of await openUnpacked(path)) yield asBuffer(chunk);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function openUnpacked(path: string): Promise<AsyncIterable<Uint8Array>> {
  const start = await firstBytes(path, 6);
  const packing = PACKINGS.find(({ magic }) => magic.every((byte, at) => start[at] === byte));
  if (packing === undefined) return plainChunks(path);
  const stream = createReadStream(path, { highWaterMark: CHUNK });
  const bytes = packing.unpack(stream, path);
  if (bytes !== null) return bytes;
  stream.destroy();
  throw new InputError([
    `${path}: expected a plain, gzip or xz file; got ${packing.name}, which ` +
      `Node ${process.versions.node} cannot unpack`,
  ]);
}

/** In one buffer again and again: a stream would make a new one for each chunk. */
async function* plainChunks(path: string): AsyncIterable<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unpackGzip(packed: Readable): AsyncIterable<Uint8Array> {
  return through(packed, zlib.createGunzip({ chunkSize: CHUNK }));
}

/** Node has zstd since 22.15 and 23.8. */
function unpackZstd(packed: Readable): AsyncIterable<Uint8Array> | null {
  const create = (zlib as { createZstdDecompress?: () => zlib.Gunzip }).createZstdDecompress;
  return create === undefined ? null : through(packed, create());
}

/** Whoever reads the end meets the error there. */
function through(packed: Readable, unpacking: zlib.Gunzip): AsyncIterable<Uint8Array> {
  return pipeline(packed, unpacking, () => {});
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
