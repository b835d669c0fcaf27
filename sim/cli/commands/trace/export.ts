import type { CommandModule } from "yargs";
import { readTrace } from "../../../workload/trace/compiled/read.ts";

interface ExportArguments {
  readonly trace: string;
  readonly out: string;
}

export const exportCommand: CommandModule<object, ExportArguments> = {
  command: "export <trace>",
  describe: "Write a compiled trace as CSV or Parquet for other tools",
  builder: (yargs) =>
    yargs
      .positional("trace", {
        type: "string",
        demandOption: true,
        describe: "Compiled trace (.mlt)",
      })
      .option("out", {
        type: "string",
        demandOption: true,
        describe: "File to write; it ends in .csv or .parquet",
      })
      .example("$0 trace export t.mlt --out t.parquet", "for DuckDB or pandas")
      .strict() as never,
  async handler({ trace, out }) {
    const { exportTrace } = await import("../../../workload/trace/export/export-trace.ts");
    console.log(`${exportTrace(out, readTrace(trace))} rows ${out}`);
  },
};
