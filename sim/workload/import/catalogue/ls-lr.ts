import type { CatalogueFormat } from "../catalogue-format.ts";
import { utf8Parser } from "../log-format.ts";
import { bad, ignored, type Outcome, ROW } from "../outcome.ts";
import type { FileTable } from "../tables/file-table.ts";
import { countOf } from "../text/count.ts";

/**
 * What `ls -lR` prints, as archives keep it in `ls-lR.gz`: for each directory its path and a colon,
 * its total, and a line a file. Dates may be ls's own or ISO (GNU Coreutils, "Formatting file
 * timestamps").
 *
 *     ./pool/main/a/apt:
 *     total 1344
 *     -rw-r--r-- 1 root root 1372852 May 20  2023 apt_2.6.1_amd64.deb
 */
export const lsLr: CatalogueFormat = {
  name: "ls-lr",
  summary: "what ls -lR prints",
  lines: (files) => {
    let directory = "";
    return utf8Parser((line) => {
      const [, path] = DIRECTORY.exec(line) ?? [];
      if (path === undefined || ENTRY.test(line)) return parse(line, directory, files);
      directory = path.replace(/^(\.?\/)+|^\.$/, "");
      return HEADING;
    });
  },
};

const DIRECTORY = /^(.+):$/;
const TOTAL = /^total \d+/;
const DATE =
  "(?:[A-Z][a-z]{2} +\\d{1,2} +(?:\\d\\d:\\d\\d|\\d{4})|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?(?: [+-]\\d{4})?)?)";
const ENTRY = new RegExp(
  `^([-dlbcps])[-rwxsStT]{9}[+.@]? +\\d+ +\\S+ +\\S+ +(\\d+|\\d+, *\\d+) ${DATE} (.+)$`,
);

const HEADING = ignored("name of a directory");
const SUM = ignored("total of a directory");
const NO_FILE: Readonly<Record<string, Outcome>> = {
  d: ignored("directory"),
  l: ignored("symbolic link"),
};
const SPECIAL = ignored("special file");

function parse(line: string, directory: string, files: FileTable): Outcome {
  if (TOTAL.test(line)) return SUM;
  const [found, type, digits, name] = ENTRY.exec(line) ?? [];
  if (found === undefined) return bad("expected a line of ls -lR; got another text");
  if (type !== "-") return NO_FILE[type] ?? SPECIAL;
  const size = countOf(digits);
  if (Number.isNaN(size)) return bad("expected a size below 2^53; got a larger one");
  const path = directory === "" ? name : `${directory}/${name}`;
  files.state(files.paths.numberOf(path), { size });
  return ROW;
}
