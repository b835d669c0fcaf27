import type { ServerResponse } from "node:http";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Handler } from "../parts.ts";
import { type ManifestCatalogue, manifest } from "./manifest.ts";

const PATH = "/-/manifest";

/** Manifests that are sent at once; with millions of files each is of hundreds of megabytes. */
const MOST_AT_ONCE = 16;

/** Seconds after which it is worth asking again where too many are being sent. */
const RETRY_AFTER = 60;

/**
 * Answers GET and HEAD of `/-/manifest` with `manifest`, of `/-/manifest?since=VERSION` with what has changed;
 * the whole where that version is none of the catalogue's. Never more is made than the customer takes.
 */
export function manifestHandler(catalogue: ManifestCatalogue): Handler {
  let underWay = 0;
  return async (request, response, url) => {
    if (url.pathname !== PATH) return false;
    const { method, headers } = request;
    const isHead = method === "HEAD";
    if (!isHead && method !== "GET") {
      refuse(response, 405, "expected GET or HEAD", { Allow: "GET, HEAD" });
      return true;
    }
    const since = url.searchParams.get("since");
    if (since !== null && !/^\d{1,15}$/.test(since)) {
      refuse(response, 400, "since: expected the version of a manifest, a whole number");
      return true;
    }
    const etag = `W/"${catalogue.version}"`;
    const common = { ETag: etag, Vary: "Accept-Encoding", "Cache-Control": "no-cache" };
    if (headers["if-none-match"] === etag) {
      response.writeHead(304, common).end();
      return true;
    }
    if (!isHead && underWay >= MOST_AT_ONCE) {
      refuse(response, 503, "too many manifests are being sent", { "Retry-After": RETRY_AFTER });
      return true;
    }
    const isZipped = acceptsGzip(headers["accept-encoding"]);
    response.writeHead(200, {
      ...{ ...common, "Content-Type": "text/plain; charset=utf-8" },
      ...(isZipped ? { "Content-Encoding": "gzip" } : {}),
    });
    if (isHead) {
      response.end();
      return true;
    }
    underWay++;
    try {
      await send(
        manifest(catalogue, since === null ? undefined : Number(since)),
        response,
        isZipped,
      );
    } finally {
      underWay--;
    }
    return true;
  };
}

/** A customer that goes away before the end is no error. */
async function send(
  pieces: Iterable<string>,
  response: Writable,
  isZipped: boolean,
): Promise<void> {
  const source = Readable.from(pieces);
  try {
    if (isZipped) await pipeline(source, createGzip({ level: 1 }), response);
    else await pipeline(source, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}

/** RFC 9110, section 12.5.3: named, or by a star, and not with a weight of nothing. */
function acceptsGzip(header: string | string[] | undefined): boolean {
  const codings = `${header ?? ""}`.toLowerCase().split(",");
  const named = codings.map((each) => each.replaceAll(/\s/g, "").split(";q="));
  const weight =
    named.find(([coding]) => coding === "gzip") ?? named.find(([coding]) => coding === "*");
  return weight !== undefined && Number(weight[1] ?? 1) > 0;
}

function refuse(
  response: ServerResponse,
  status: number,
  reason: string,
  headers: Readonly<Record<string, string | number>> = {},
): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers });
  response.end(`${reason}\n`);
}
