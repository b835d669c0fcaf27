import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Handler } from "../parts.ts";
import type { Computed } from "./computed.ts";
import { blockLengthOf } from "./piece-length.ts";
import type { PieceParts } from "./piece-parts.ts";
import { signaturesHead } from "./signatures.ts";

export const SIGNATURES = "/-/signatures/";

/** Seconds after which it is worth while to ask again where too many wait. */
const RETRY_AFTER = "60";

/** Answers `GET /-/signatures/PATH`, as the format of `signatures.ts` has it. */
export function signaturesHandler(parts: PieceParts, computed: Computed): Handler {
  const { catalogue, limits, blockSizes, failed } = parts;
  return async ({ method }, response, { pathname }) => {
    if (!pathname.startsWith(SIGNATURES)) return false;
    if (method !== "GET" && method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return line(response, 405, "expected GET");
    }
    const path = decoded(pathname.slice(SIGNATURES.length));
    if (path === null) return line(response, 400, "expected a path that is percent-encoded UTF-8");
    const file = catalogue.find(path);
    if (file < 0) return line(response, 404, "no such file");
    const size = catalogue.size(file);
    if (size < Math.max(limits.smallest, 1)) {
      return line(response, 404, `no signatures: smaller than ${limits.smallest} bytes`);
    }
    const block = blockLengthOf(blockSizes, size);
    const head = signaturesHead({ size, block, sha256: catalogue.sha256(file) });
    const blocks = await computed.blocks(file, block);
    if (blocks === "differs") return line(response, 404, "no signatures: the file is changing");
    if (blocks === "busy") {
      response.setHeader("Retry-After", RETRY_AFTER);
      return line(response, 503, "too many files wait for their signatures");
    }
    const length = head.length + ("bytes" in blocks ? blocks.bytes : blocks.length);
    response.writeHead(200, {
      ...{ "Content-Type": "application/octet-stream", "Content-Length": length },
    });
    if (!("bytes" in blocks)) {
      response.write(head);
      response.end(blocks);
      return true;
    }
    try {
      if (method === "HEAD") response.end();
      else {
        response.write(head);
        const { file: kept, bytes } = blocks;
        // The digest behind the blocks is the cache's own.
        await pipeline(kept.createReadStream({ start: 0, end: bytes - 1 }), response);
      }
    } catch (error) {
      if (!response.destroyed) failed(error);
      response.destroy();
    } finally {
      await blocks.file.close().catch(() => {});
    }
    return true;
  };
}

/** null where it is no text. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function line(response: ServerResponse, status: number, text: string): true {
  response.writeHead(status, {
    ...{ "Content-Type": "text/plain; charset=utf-8", "Content-Length": text.length + 1 },
  });
  response.end(`${text}\n`);
  return true;
}
