import type { FilePieces } from "./customer-parts.ts";

/** What a metalink says of a file. */
export interface MetalinkFile {
  /** The last part of its path. */
  readonly name: string;
  readonly size: number;
  /** Whole seconds since 1970. */
  readonly modified: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly md4: string | null;
  readonly pieces: FilePieces | null;
  /** Addresses of the file, the best first, encoded. */
  readonly urls: readonly string[];
}

/**
 * Metalink 4 (RFC 5854), which aria2 reads. It has no MD4, which is not among IANA's names of hash
 * functions (4.2.4.1).
 */
export function metalink4(file: MetalinkFile): string {
  return lines([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<metalink xmlns="urn:ietf:params:xml:ns:metalink">',
    `  <file name="${escaped(file.name)}">`,
    `    <size>${file.size}</size>`,
    `    <hash type="sha-256">${file.sha256}</hash>`,
    ...pieces(file.pieces),
    ...file.urls.map((url, index) => `    <url priority="${index + 1}">${escaped(url)}</url>`),
    "  </file>",
    "</metalink>",
  ]);
}

/**
 * Metalink 3.0 with the timestamp of MirrorManager, which dnf (librepo) reads for repomd.xml, and no other
 * version. Its alternates, digests of earlier versions that are welcome too, are left out: the
 * server knows of one version only.
 */
export function metalink3(file: MetalinkFile): string {
  return lines([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<metalink version="3.0" xmlns="http://www.metalinker.org/" type="dynamic"',
    '    xmlns:mm0="http://fedorahosted.org/mirrormanager">',
    "  <files>",
    `    <file name="${escaped(file.name)}">`,
    `      <mm0:timestamp>${file.modified}</mm0:timestamp>`,
    `      <size>${file.size}</size>`,
    "      <verification>",
    ...(file.md4 === null ? [] : [`        <hash type="md4">${file.md4}</hash>`]),
    `        <hash type="sha256">${file.sha256}</hash>`,
    "      </verification>",
    '      <resources maxconnections="1">',
    ...file.urls.map((url, index) => `        ${resource(url, Math.max(1, 100 - index))}`),
    "      </resources>",
    "    </file>",
    "  </files>",
    "</metalink>",
  ]);
}

/** @param preference From 100, the best, to 1. */
function resource(url: string, preference: number): string {
  const protocol = url.slice(0, url.indexOf(":"));
  return `<url protocol="${protocol}" type="${protocol}" preference="${preference}">${escaped(url)}</url>`;
}

function pieces(known: FilePieces | null): string[] {
  if (known === null) return [];
  const hashes = known.sha256.map(
    (hash) => `      <hash>${Buffer.from(hash).toString("hex")}</hash>`,
  );
  return [`    <pieces length="${known.length}" type="sha-256">`, ...hashes, "    </pieces>"];
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** For XML and for HTML, between tags and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
