import type { CatalogueView } from "../parts.ts";

/** SHA-256 of a file of the catalogue in base64: what all of its headers are made from. */
export function digestOf(catalogue: CatalogueView, file: number): string {
  const { buffer, byteOffset, byteLength } = catalogue.sha256(file);
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

/** A strong entity tag: equal bytes have equal tags, on every server that does so. */
export function entityTag(digest: string): string {
  return `"${digest}"`;
}

/**
 * The digest as RFC 3230 and as RFC 9530 have it. MD4 is in neither registry, and so stands in files of
 * its own.
 */
export function digestHeaders(digest: string): string[] {
  return ["Digest", `SHA-256=${digest}`, "Repr-Digest", `sha-256=:${digest}:`];
}
