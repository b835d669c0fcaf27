import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { CustomerParts } from "./customer-parts.ts";
import { type MetalinkFile, metalink3, metalink4 } from "./metalink.ts";
import { bodyAnswer, plainAnswer } from "./plain-answer.ts";
import { FOR_NOW } from "./redirect.ts";
import { encodedPath } from "./request-target.ts";

/** What is told of a file beside the file itself, by the ending that is put behind its path. */
export type MadeKind = "meta4" | "metalink" | "sha256" | "md4" | "torrent" | "mirrorlist";

/** The file that a made path is about, and what of it is asked for; null for other paths. */
export function madeFor(
  { catalogue }: CustomerParts,
  path: string,
): { readonly file: number; readonly kind: MadeKind } | null {
  const dot = path.lastIndexOf(".");
  const kind = ENDINGS.find((ending) => ending === path.slice(dot + 1));
  if (dot < 0 || kind === undefined) return null;
  const file = catalogue.find(path.slice(0, dot));
  return file < 0 ? null : { file, kind };
}

/** Answers with what is made of a file's numbers, and of who could serve it now. */
export async function answerMade(
  parts: CustomerParts,
  request: IncomingMessage,
  response: ServerResponse,
  file: number,
  kind: MadeKind,
): Promise<void> {
  const { catalogue } = parts;
  const name = catalogue.path(file).slice(catalogue.path(file).lastIndexOf("/") + 1);
  if (kind === "meta4" || kind === "metalink") {
    const known = await metalinkFile(parts, request, file, name, kind);
    const body = kind === "meta4" ? metalink4(known) : metalink3(known);
    const type = kind === "meta4" ? METALINK4 : "application/metalink+xml";
    return bodyAnswer(response, 200, type, body, [...FOR_NOW, ...calledBy(`${name}.${kind}`)]);
  }
  if (kind === "mirrorlist") {
    const body = `${fileUrls(parts, request, file).join("\n")}\n`;
    return bodyAnswer(response, 200, TEXT, body, FOR_NOW);
  }
  if (kind === "torrent") {
    const torrent = await parts.torrentOf(file);
    if (torrent === null) return plainAnswer(response, 404, "the file has no torrent");
    return bodyAnswer(response, 200, "application/x-bittorrent", torrent, UNTIL_CHANGED);
  }
  const digest = kind === "md4" ? catalogue.md4(file) : catalogue.sha256(file);
  if (digest === null) return plainAnswer(response, 404, "no MD4 is kept");
  return bodyAnswer(response, 200, TEXT, `${hex(digest)}  ${name}\n`, UNTIL_CHANGED);
}

/** Addresses of a file at all who could serve it now, the best for the asker first, the server's last. */
function fileUrls(parts: CustomerParts, request: IncomingMessage, file: number): string[] {
  const path = encodedPath(parts.catalogue.path(file));
  return bases(parts, request, file).map((base) => base + path);
}

/** The same addresses without the path. */
export function bases(
  { decider, self }: CustomerParts,
  request: IncomingMessage,
  file: number,
): string[] {
  const others = decider.alternatives(decider.asker(request), file, MOST_MIRRORS);
  return [...others.map(({ base }) => base), self(request)];
}

/**
 * Whether a metalink is asked for by what is accepted. aria2 always does so, and with `-o` stores the
 * metalink as the file (1.36): it is given one only where the address is that of a metalink. zypper makes
 * good use of it.
 */
export function acceptsMetalink({ accept, "user-agent": agent }: IncomingHttpHeaders): boolean {
  if (agent?.startsWith("aria2/")) return false;
  const part = accept?.split(",").find((each) => each.trim().toLowerCase().startsWith(METALINK4));
  return part !== undefined && !/;\s*q=0(?:\.0*)?\s*$/.test(part);
}

export const TEXT = "text/plain; charset=utf-8";

const METALINK4 = "application/metalink4+xml";

const ENDINGS: readonly MadeKind[] = ["meta4", "metalink", "sha256", "md4", "torrent"];

/** Mirrors that a list names; more would not be tried. */
const MOST_MIRRORS = 20;

const UNTIL_CHANGED = ["Cache-Control", "no-cache"] as const;

async function metalinkFile(
  parts: CustomerParts,
  request: IncomingMessage,
  file: number,
  name: string,
  kind: "meta4" | "metalink",
): Promise<MetalinkFile> {
  const { catalogue } = parts;
  const isFull = kind === "meta4"; // dnf wants neither.
  const pieces = isFull ? await parts.piecesOf(file) : null;
  const md4 = catalogue.md4(file);
  return {
    name,
    size: catalogue.size(file),
    modified: catalogue.modified(file),
    sha256: hex(catalogue.sha256(file)),
    md4: md4 === null ? null : hex(md4),
    pieces,
    urls: fileUrls(parts, request, file),
  };
}

/**
 * What to call it (RFC 6266, RFC 8187): whoever asked for the file and is given its metalink would store
 * the metalink under the name of the file, as aria2 does, and the file under another.
 */
function calledBy(name: string): string[] {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return ["Content-Disposition", `attachment; filename*=UTF-8''${encoded}`];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
