import type { CatalogueFormat } from "../catalogue-format.ts";
import { type LineParser, utf8Parser } from "../log-format.ts";
import { BLANK, bad, ignored, type Outcome, ROW } from "../outcome.ts";
import type { FileTable } from "../tables/file-table.ts";
import { countOf } from "../text/count.ts";

/**
 * A Debian archive's `Packages` index (Debian repository format, "Packages Indices"): paragraphs of
 * fields, of which `Filename`, `Size`, `SHA256`, `Package` and `Architecture` are read. A line gives
 * a row where it completes what is needed of a file: its name and size.
 */
export const debianPackages: CatalogueFormat = {
  name: "debian-packages",
  summary: "Packages index of a Debian archive",
  lines: (files) => new PackagesParser(files),
};

const FIELD = /^([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)$/;
const READ: ReadonlySet<string> = new Set([
  "Filename",
  "Size",
  "SHA256",
  "Package",
  "Architecture",
]);

const PART = ignored("field of a package");
const UNFINISHED = bad("expected Filename and Size in a package; got neither or one");

class PackagesParser implements LineParser {
  readonly #files: FileTable;
  readonly #fields = new Map<string, string>();
  readonly #text: LineParser;

  constructor(files: FileTable) {
    this.#files = files;
    this.#text = utf8Parser((line) => this.#field(line));
  }

  /** Paragraphs end at an empty line, the last one at the end of the file. */
  line(bytes: Buffer, start: number, end: number): Outcome {
    return end === start ? this.#endParagraph() : this.#text.line(bytes, start, end);
  }

  finish(): void {
    this.#endParagraph();
  }

  #field(line: string): Outcome {
    if (line.startsWith(" ") || line.startsWith("\t")) return PART;
    const [found, name, value] = FIELD.exec(line) ?? [];
    if (found === undefined) return bad("expected a field, as in Package: apt; got another text");
    if (READ.has(name)) this.#fields.set(name, value);
    return PART;
  }

  #endParagraph(): Outcome {
    const fields = new Map(this.#fields);
    this.#fields.clear();
    if (fields.size === 0) return BLANK;
    const path = fields.get("Filename") ?? "";
    const size = countOf(fields.get("Size") ?? "");
    if (path === "" || Number.isNaN(size)) return UNFINISHED;
    const digest = fields.get("SHA256");
    const name = fields.get("Package");
    const architecture = fields.get("Architecture");
    this.#files.state(this.#files.paths.numberOf(path), {
      size,
      kind: "package",
      ...(digest === undefined ? {} : { digest }),
      ...(name === undefined ? {} : { package: architecture ? `${name}.${architecture}` : name }),
    });
    return ROW;
  }
}
