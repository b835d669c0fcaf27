import type { Account } from "./account.ts";
import { CATALOGUE_FORMATS } from "./catalogues.ts";
import { detect } from "./detect.ts";
import { firstLines } from "./input/sample.ts";
import { checkBad, readLines } from "./read-log.ts";
import { FileTable } from "./tables/file-table.ts";

const WHAT = "a catalogue of files";

/**
 * Adds the files that the catalogue at `path` lists to `files`; its format is found out.
 *
 * @throws InputError when it is none, or more than the share `maxBad` of its lines is bad.
 */
export async function readCatalogue(
  path: string,
  files: FileTable,
  maxBad: number,
): Promise<Account> {
  const lines = await firstLines(path, WHAT);
  const first = lines[0].toString("latin1");
  const whole = CATALOGUE_FORMATS.find((format) => "starts" in format && format.starts(first));
  if (whole !== undefined && "read" in whole) {
    const account = await whole.read(path, files);
    checkBad(account, maxBad);
    return account;
  }
  const formats = CATALOGUE_FORMATS.flatMap((format) => ("lines" in format ? [format] : []));
  const trials = formats.map((format) => ({ ...format, parser: format.lines(new FileTable()) }));
  const found = detect(path, WHAT, lines, trials);
  const parser = found.lines(files);
  const account = await readLines(path, found.name, parser);
  parser.finish?.();
  checkBad(account, maxBad);
  return account;
}
