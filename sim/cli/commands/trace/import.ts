import { randomBytes } from "node:crypto";
import type { CommandModule } from "yargs";
import { InputError } from "../../../engine/input-error.ts";
import { sentence } from "../../../experiment/config/complaint.ts";
import { NOT_NEGATIVE, readQuantityIn } from "../../../experiment/config/field.ts";
import { quantityText } from "../../../experiment/config/quantity.ts";
import { CATALOGUE_FORMATS } from "../../../workload/import/catalogues.ts";
import { formatNamed } from "../../../workload/import/detect-log.ts";
import { LOG_FORMATS } from "../../../workload/import/formats.ts";
import { importTrace, MERGE_WITHIN } from "../../../workload/import/import-trace.ts";
import { writeTrace } from "../../../workload/trace/compiled/write.ts";
import { importSummary, importText } from "../../import-summary.ts";

interface ImportArguments {
  readonly files: readonly string[] | undefined;
  readonly out: string;
  readonly format: string | undefined;
  readonly as: "access" | "sync" | undefined;
  readonly catalogue: readonly string[];
  readonly maxBad: number;
  readonly merge: string | undefined;
  readonly key: string | undefined;
  readonly keepAddresses: boolean;
  readonly json: boolean;
}

export const importCommand: CommandModule<object, ImportArguments> = {
  command: "import [files..]",
  describe: "Read logs or catalogues and write them as a compiled trace (.mlt)",
  builder: (yargs) =>
    yargs
      .positional("files", {
        type: "string",
        array: true,
        describe: "Logs, plain or packed, in any order; none for a catalogue alone",
      })
      .option("out", { type: "string", demandOption: true, describe: "Compiled trace to write" })
      .option("format", {
        type: "string",
        describe: "Format of the logs, instead of finding it out",
      })
      .option("as", {
        choices: ["access", "sync"] as const,
        describe: "Read downloads or synchronisations, where a format has both",
      })
      .option("catalogue", {
        type: "string",
        array: true,
        nargs: 1,
        default: [],
        describe: "List of the repository's files, for sizes and digests; may be given again",
      })
      .option("max-bad", {
        type: "number",
        default: 0.01,
        describe: "Share of a file's lines that may be unreadable",
      })
      .option("merge", {
        type: "string",
        defaultDescription: quantityText(MERGE_WITHIN, "duration"),
        describe: "Time within which a client's pieces of a file are one download; 0 for never",
      })
      .option("key", {
        type: "string",
        describe: "Key of the clients' pseudonyms, instead of one that is thrown away",
      })
      .option("keep-addresses", {
        type: "boolean",
        default: false,
        describe: "Write clients' addresses as they are",
      })
      .option("json", { type: "boolean", default: false, describe: "Print the summary as JSON" })
      .epilogue(`${listed("Logs", LOG_FORMATS)}\n\n${listed("Catalogues", CATALOGUE_FORMATS)}`)
      .example("$0 trace import access.log* --out t.mlt", "a server's rotated logs")
      .example("$0 trace import rsyncd.log --as sync --out s.mlt", "an rsync daemon's sessions")
      .strict() as never,
  async handler(args) {
    const { files = [], catalogue, out, maxBad } = args;
    const merge = check(args);
    const imported = await importTrace(files, {
      format: args.format === undefined ? null : formatNamed(args.format),
      as: args.as ?? null,
      catalogues: catalogue,
      maxBad,
      mergeWithin: merge,
      key: keyOf(args),
    });
    writeTrace(out, imported.trace);
    const summary = importSummary(imported, args.keepAddresses);
    console.log(args.json ? JSON.stringify(summary, null, 2) : importText(summary, out));
  },
};

function listed(what: string, formats: readonly { name: string; summary: string }[]): string {
  return `${what}:\n${formats.map(({ name, summary }) => `  ${name}: ${summary}`).join("\n")}`;
}

/**
 * Seconds within which pieces are one download.
 *
 * @throws InputError with all that is wrong with the arguments.
 */
function check({
  files = [],
  catalogue,
  maxBad,
  merge,
  key,
  keepAddresses,
}: ImportArguments): number {
  const problems: string[] = [];
  if (files.length + catalogue.length === 0) problems.push("missing files: a log or a --catalogue");
  if (!(maxBad >= 0 && maxBad <= 1)) problems.push(`invalid --max-bad: ${maxBad}; not in [0, 1]`);
  const within =
    merge === undefined
      ? MERGE_WITHIN
      : readQuantityIn(merge, "duration", NOT_NEGATIVE, (complaint) => {
          problems.push(sentence(complaint, "--merge", merge).text);
          return undefined;
        });
  if (key !== undefined && keepAddresses) {
    problems.push("expected --key or --keep-addresses; got both");
  }
  if (problems.length > 0 || within === undefined) throw new InputError(problems);
  return within;
}

/** Null where addresses are kept. Without a key, nobody can tell which pseudonym is whose. */
function keyOf({ key, keepAddresses }: ImportArguments): Uint8Array | null {
  if (keepAddresses) return null;
  return key === undefined ? randomBytes(32) : Buffer.from(key, "utf8");
}
