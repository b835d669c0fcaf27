import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { resolve } from "node:path";
import { byteRange } from "./byte-range.ts";
import { isForbidden, isRangeOfThis } from "./conditions.ts";
import { contentType } from "./content-type.ts";
import type { CustomerParts } from "./customer-parts.ts";
import { digestHeaders, entityTag } from "./file-headers.ts";
import { httpDate } from "./http-date.ts";
import { plainAnswer } from "./plain-answer.ts";

/** Seconds until what is wrong with a file on the disk may have been seen by a scan. */
const SCAN_IN = 5;

/**
 * Sends a file of the catalogue from the disk, or the part of it that is asked for.
 *
 * What is sent has to be what the catalogue knows: a file of another size or time is being changed, or has
 * been changed since the last scan. Its digest would be wrong, its tag would tell later that the customer
 * has what he has not, and it may be half a file: so it is not sent, 503 says to come back when it has
 * been scanned, and `differs` asks for that. So does a link that leads out of the repository.
 *
 * @param extra Further headers, by turns name and value.
 */
export async function sendFile(
  parts: CustomerParts,
  request: IncomingMessage,
  response: ServerResponse,
  file: number,
  digest: string,
  extra: readonly string[],
): Promise<void> {
  const { catalogue, decider } = parts;
  let handle: FileHandle | null = null;
  try {
    const { headers, method } = request;
    const tag = entityTag(digest);
    const modified = catalogue.modified(file);
    if (isForbidden(headers, tag, modified)) {
      return plainAnswer(response, 412, "the file is not the one of the precondition");
    }
    const size = catalogue.size(file);
    const isRange = method === "GET" && isRangeOfThis(headers, tag, modified);
    const range = byteRange(isRange ? headers.range : undefined, size);
    if (range === "unsatisfiable") return unsatisfiable(response, size);

    handle = await opened(catalogue.location(file), catalogue.path(file), size, modified);
    if (handle === null) {
      parts.differs(file);
      return unsure(response);
    }
    const { start, length } = range === "whole" ? { start: 0, length: size } : range;
    if (range !== "whole") extra = [...extra, ...contentRange(start, length, size)];
    response.writeHead(range === "whole" ? 200 : 206, [
      ...["Content-Type", contentType(catalogue.path(file)), "Content-Length", String(length)],
      ...["Last-Modified", httpDate(modified), "ETag", tag, "Accept-Ranges", "bytes"],
      ...["X-Content-Type-Options", "nosniff", ...digestHeaders(digest), ...extra],
    ]);
    if (method === "HEAD" || length === 0) return void response.end();
    copy(handle, request, response, start, length, decider.delivering());
    handle = null; // The stream closes it.
  } catch (error) {
    notSent(parts, response, file, error);
  } finally {
    await handle?.close().catch(parts.failed);
  }
}

/**
 * The file if it is what the catalogue knows; null if it is something else. The catalogue follows links
 * inside its folder, and so does this; none leads out of it, whatever has become of one since the scan.
 */
async function opened(location: string, path: string, size: number, modified: number) {
  const real = await realpath(location);
  const whole = resolve(location);
  if (!whole.endsWith(path) || !real.startsWith(whole.slice(0, -path.length))) return null;
  // A pipe that somebody put there would wait for its other end.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const stat = await handle.stat();
  const isKnown =
    stat.isFile() && stat.size === size && Math.floor(stat.mtimeMs / 1000) === modified;
  if (isKnown) return handle;
  await handle.close();
  return null;
}

/**
 * Sends so many bytes, and tells the end once, however it comes about: all sent, a customer who has gone,
 * a disk that fails, or a file that became shorter meanwhile. The latter two close the connection, since
 * nothing else tells a customer that he has not got all.
 */
function copy(
  handle: FileHandle,
  { socket }: IncomingMessage,
  response: ServerResponse,
  start: number,
  length: number,
  ended: () => void,
): void {
  const bytes = handle.createReadStream({ start, end: start + length - 1 });
  let left = length;
  bytes.on("data", (chunk) => {
    left -= chunk.length;
  });
  bytes.on("end", () => (left === 0 ? response.end() : response.destroy()));
  bytes.on("error", () => response.destroy());
  let isOver = false;
  const close = () => {
    if (isOver) return; // A connection's end is the answer's too.
    isOver = true;
    socket.off("close", close);
    bytes.destroy();
    ended();
  };
  if (response.destroyed || socket.destroyed) {
    close(); // He went while the file was opened: nobody else would say so.
  } else {
    response.on("close", close);
    socket.on("close", close); // Answers that wait for earlier ones on the connection hear of no end.
    bytes.pipe(response, { end: false });
  }
}

function contentRange(start: number, length: number, size: number): string[] {
  return ["Content-Range", `bytes ${start}-${start + length - 1}/${size}`];
}

/** Answers that no part of the file is in the range that was asked for. */
export function unsatisfiable(response: ServerResponse, size: number): void {
  plainAnswer(response, 416, "range not satisfiable", ["Content-Range", `bytes */${size}`]);
}

function unsure(response: ServerResponse): void {
  const retry = ["Retry-After", String(SCAN_IN), "Cache-Control", "no-store"];
  plainAnswer(response, 503, "the file is being changed", retry);
}

function notSent(
  { differs, failed }: CustomerParts,
  response: ServerResponse,
  file: number,
  error: unknown,
): void {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT" || code === "ENOTDIR") {
    differs(file);
    plainAnswer(response, 404, "not found");
  } else {
    if (code === "ELOOP") differs(file);
    else failed(error);
    if (response.headersSent) response.destroy();
    else unsure(response);
  }
}
