import { rebuildReport } from "../../outcome/results/rebuild-report.ts";
import { writeIndex } from "../../outcome/results/write-index.ts";
import { figureFormats } from "../../report/figure-format.ts";
import type { CommandBody } from "../command-body.ts";
import { openFile } from "../open.ts";

interface ReportArguments {
  readonly run: string | undefined;
  readonly charts: string;
  readonly open: boolean;
  readonly out: string;
}

export const reportCommand: CommandBody<ReportArguments> = {
  builder: (yargs) =>
    yargs
      .positional("run", {
        type: "string",
        describe: "Folder of a run; without it, the page that lists all runs",
      })
      .option("charts", {
        type: "string",
        default: "svg",
        describe: "Formats of the figures written beside the report: svg, png",
      })
      .option("open", { type: "boolean", default: false, describe: "Open the page" })
      .option("out", { type: "string", default: "results", describe: "Folder of the results" })
      .example("$0 report --open", "the list of all runs")
      .example("$0 report results/flash/0f3a… --charts svg,png", "figures for a paper")
      .strict() as never,
  async handler({ run, charts, open, out }) {
    const formats = figureFormats(charts);
    const path = run === undefined ? writeIndex(out) : await rebuildReport(run, formats);
    console.log(path);
    if (open && !(await openFile(path))) {
      console.error(`no program opens pages here; open ${path} in a browser`);
    }
  },
};
