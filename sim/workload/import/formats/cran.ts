import type { LogFormat } from "../log-format.ts";
import { bad, ignored, NO_BYTES, type Outcome, ROW } from "../outcome.ts";
import type { AccessRows } from "../tables/access-rows.ts";
import { countOf } from "../text/count.ts";
import { secondsIso } from "../text/utc.ts";
import { csvParser, type Field } from "./csv-line.ts";

/**
 * Package downloads as RStudio's CRAN mirror publishes them (cran-logs.rstudio.com): CSV with
 * `date,time,size,r_version,r_arch,r_os,package,version,country,ip_id`, times in UTC.
 *
 * A client's number holds for a day only, so the day is part of the customer's name. Which of a
 * version's files was fetched, source or binary, is not said: they are one file here.
 */
export const cran: LogFormat = {
  name: "cran",
  summary: "package downloads in CSV as CRAN's mirror logs them",
  gives: "access",
  access: (rows) =>
    csvParser({
      needed: ["date", "time", "size", "package", "version", "ip_id"],
      header: () => HEADER,
      row: (field) => parse(field, rows),
    }),
};

const HEADER = ignored("header");
const NO_PACKAGE = ignored("no package");

function parse(field: Field, rows: AccessRows): Outcome {
  const date = field("date");
  const time = secondsIso(`${date} ${field("time")}`);
  if (Number.isNaN(time)) return bad("expected a date and a time; got others");
  const bytes = countOf(field("size"));
  if (Number.isNaN(bytes)) return bad("expected a size in bytes; got another text");
  const name = field("package");
  if (name === "" || name === "NA") return NO_PACKAGE;
  if (bytes === 0) return NO_BYTES;
  const { files, customers } = rows;
  const known = files.length;
  const file = files.paths.numberOf(`/${name}_${field("version")}`);
  if (files.length > known) files.state(file, { kind: "package", package: name });
  rows.add(time, customers.numberOf(`${date} ${field("ip_id")}`), file, bytes, 0);
  return ROW;
}
