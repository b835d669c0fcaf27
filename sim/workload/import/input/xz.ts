import { createRequire } from "node:module";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { InputError } from "../../../engine/input-error.ts";

/** The package is CommonJS and WebAssembly: it is loaded where there is something to unpack. */
const load = createRequire(import.meta.url);

/** What the decoder's errors with these codes mean (xz-embedded, `enum xz_ret`). */
const FOUND: Readonly<Record<string, string>> = {
  6: "expected an xz file checked by CRC-32, CRC-64 or nothing; got one with other options",
  8: "expected a whole xz file; got one that is cut short",
};

const DAMAGED = "expected a sound xz file; got a damaged one";

/** The bytes that the xz file `packed` holds; `path` names it in errors. */
export async function* unpackXz(packed: Readable, path: string): AsyncIterable<Uint8Array> {
  const { XzReadableStream } = load("xz-decompress") as typeof import("xz-decompress");
  const stream = new XzReadableStream(Readable.toWeb(packed) as ReadableStream<Uint8Array>);
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error) => {
        throw asInputError(error, path);
      });
      if (done) return;
      yield value;
    }
  } finally {
    packed.destroy();
  }
}

/** The decoder throws texts only; what the file system throws has a code and stays. */
function asInputError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || "code" in error) return error;
  const code = /error code (\d+)/.exec(error.message)?.[1] ?? "";
  return new InputError([`${path}: ${FOUND[code] ?? DAMAGED}`]);
}
