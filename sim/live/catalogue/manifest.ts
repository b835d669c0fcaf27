import type { CatalogueView } from "../parts.ts";

/** What a manifest is made from. */
export interface ManifestCatalogue
  extends Pick<
    CatalogueView,
    "count" | "has" | "modified" | "path" | "sha256" | "size" | "version"
  > {
  changedSince(version: number): Iterable<number> | null;
}

/** Characters that are handed over at once. */
const PIECE = 1 << 15;

/**
 * The manifest of a catalogue as text, in pieces. Its first line names the version; then comes a line for
 * each file that is there, by number: number, bytes, seconds since 1970, SHA-256, path.
 *
 *     manifest 1796089099
 *     0 29184 1796000000 e218df01…c316b7 pool/h/hello_2.10-3_amd64.deb
 *
 * With `since`, if the catalogue had that version, only what has come, changed or gone after it; files that
 * are gone have `-` for all but number and path:
 *
 *     manifest 1796089099 since 1796089026
 *     7 - - - pool/h/hello_2.10-2_amd64.deb
 *
 * What changes while it is read may be told as it is by then: who holds what this says and names this
 * version claims no more than it holds.
 */
export function* manifest(catalogue: ManifestCatalogue, since?: number): Iterable<string> {
  const { version, count } = catalogue;
  const changed = since === undefined ? null : catalogue.changedSince(since);
  let text = `manifest ${version}${changed === null ? "" : ` since ${since}`}\n`;
  for (const file of changed ?? below(count)) {
    if (catalogue.has(file)) text += lineOf(catalogue, file);
    else if (changed !== null) text += `${file} - - - ${catalogue.path(file)}\n`;
    if (text.length < PIECE) continue;
    yield text;
    text = "";
  }
  yield text;
}

function lineOf(catalogue: ManifestCatalogue, file: number): string {
  const sha256 = Buffer.from(catalogue.sha256(file)).toString("hex");
  const facts = `${catalogue.size(file)} ${catalogue.modified(file)} ${sha256}`;
  return `${file} ${facts} ${catalogue.path(file)}\n`;
}

function* below(count: number): Iterable<number> {
  for (let file = 0; file < count; file++) yield file;
}
