import { StringDecoder } from "node:string_decoder";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { InputError } from "../../../engine/input-error.ts";
import type { Account } from "../account.ts";
import type { CatalogueFormat } from "../catalogue-format.ts";
import { unpacked } from "../input/unpack.ts";
import type { FileTable } from "../tables/file-table.ts";
import { countOf } from "../text/count.ts";

/**
 * The `primary.xml` of an RPM repository's `repodata` (createrepo_c): a `package` element each, of
 * which name, architecture, checksum, size and location are read. Counted are packages, not lines.
 */
export const rpmPrimary: CatalogueFormat = {
  name: "rpm-primary",
  summary: "primary.xml of an RPM repository",
  starts: (line) => /^\s*<(\?xml|metadata)\b/.test(line),
  read: readPrimary,
};

/** What was found of a package so far. */
interface Package {
  readonly line: number;
  name: string;
  architecture: string;
  digest: string;
  size: number;
  path: string;
}

const MOST_KEPT = 1000;
const REASON = "expected a location and a size in a package; got neither or one";

async function readPrimary(path: string, files: FileTable): Promise<Account> {
  const bad: { line: number; reason: string; text: string }[] = [];
  let packages = 0;
  let bads = 0;
  const parser = primaryParser((found) => {
    packages++;
    if (found.path !== "" && !Number.isNaN(found.size)) return addTo(files, found);
    bads++;
    if (bad.length < MOST_KEPT) bad.push({ line: found.line, reason: REASON, text: found.name });
  });
  try {
    const decoder = new StringDecoder("utf8");
    for await (const chunk of unpacked(path)) parser.write(decoder.write(chunk));
    parser.close();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new InputError([`${path}: expected well-formed XML; got ${error.message}`]);
  }
  const rows = packages - bads;
  const format = rpmPrimary.name;
  return { path, format, lines: packages, rows, ignored: new Map(), bad: bads, badLines: bad };
}

class XmlError extends Error {}

function addTo(files: FileTable, { path, size, digest, name, architecture }: Package): void {
  files.state(files.paths.numberOf(path), {
    size,
    kind: "package",
    package: `${name}.${architecture}`,
    ...(digest === "" ? {} : { digest }),
  });
}

/** Calls `add` at the end of each package. */
function primaryParser(add: (found: Package) => void): SaxesParser {
  const parser = new SaxesParser();
  let found: Package | null = null;
  let text = "";
  parser.on("error", (error) => {
    throw new XmlError(error.message);
  });
  parser.on("text", (piece) => {
    if (found !== null) text += piece;
  });
  parser.on("opentag", (tag) => {
    text = "";
    if (tag.name === "package") found = emptyPackage(parser.line);
    else if (found !== null) attributesOf(tag, found);
  });
  parser.on("closetag", (tag) => {
    if (found === null) return;
    if (tag.name === "package") {
      add(found);
      found = null;
    } else textOf(tag, text, found);
  });
  return parser;
}

function emptyPackage(line: number): Package {
  return { line, name: "", architecture: "", digest: "", size: Number.NaN, path: "" };
}

function attributesOf({ name, attributes }: SaxesTagPlain, found: Package): void {
  if (name === "size") found.size = countOf(attributes["package"] ?? "");
  if (name === "location") found.path = attributes["href"] ?? "";
}

function textOf({ name, attributes }: SaxesTagPlain, text: string, found: Package): void {
  if (name === "name" && found.name === "") found.name = text.trim();
  if (name === "arch") found.architecture = text.trim();
  if (name === "checksum" && attributes["pkgid"] === "YES") found.digest = text.trim();
}
