import type { CatalogueFormat } from "../catalogue-format.ts";
import { utf8Parser } from "../log-format.ts";
import { bad, ignored, type Outcome, ROW } from "../outcome.ts";
import type { FileTable } from "../tables/file-table.ts";
import { countOf } from "../text/count.ts";

/**
 * What `rsync --list-only` prints (rsync(1)), of which the files are read:
 *
 *     -rw-r--r--      1,372,852 2023/05/20 12:14:03 pool/main/a/apt/apt_2.6.1_amd64.deb
 */
export const rsyncList: CatalogueFormat = {
  name: "rsync-list",
  summary: "what rsync --list-only prints",
  lines: (files) => utf8Parser((line) => parse(line, files)),
};

const SHAPE = /^([-dlbcps])[-rwxsStT]{9}[+.]? +([\d,.]+) (\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) (.+)$/;

const NO_FILE: Readonly<Record<string, Outcome>> = {
  d: ignored("directory"),
  l: ignored("symbolic link"),
};
const SPECIAL = ignored("special file");
const MESSAGE = ignored("message of rsync");

/** What rsync prints before and after the list. */
const MESSAGES =
  /^(receiving (incremental )?file list|done|sent [\d,.]+ bytes .*|total size is .*)$/;

function parse(line: string, files: FileTable): Outcome {
  const [found, type, digits, , path] = SHAPE.exec(line) ?? [];
  if (found === undefined) {
    return MESSAGES.test(line)
      ? MESSAGE
      : bad("expected mode, size, date, time and path; got others");
  }
  if (type !== "-") return NO_FILE[type] ?? SPECIAL;
  const size = countOf(digits.replace(/[,.]/g, ""));
  if (Number.isNaN(size)) return bad("expected a size below 2^53; got a larger one");
  files.state(files.paths.numberOf(path.replace(/^(\.?\/)+/, "")), { size });
  return ROW;
}
