import { join } from "node:path";
import type { CommandModule } from "yargs";
import { traceFigures, tracePage } from "../../../report/trace-page.ts";
import { withLogOptions } from "../../trace-profile/log-options.ts";
import { tracePageData } from "../../trace-profile/page-data.ts";
import { profileJson } from "../../trace-profile/profiled.ts";
import { type ReadOptions, readProfiled } from "../../trace-profile/read-profiled.ts";
import { profileText } from "../../trace-profile/text.ts";
import { writeText } from "../../trace-profile/write-text.ts";

interface ProfileArguments extends ReadOptions {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly html: string | undefined;
  readonly charts: string | undefined;
}

export const profileCommand: CommandModule<object, ProfileArguments> = {
  command: "profile <files..>",
  describe: "Describe a trace or logs: sizes, kinds, popularity, rhythm, flash crowds, customers",
  builder: (yargs) =>
    withLogOptions(yargs)
      .option("json", { type: "boolean", default: false, describe: "Print the profile as JSON" })
      .option("html", { type: "string", describe: "Also write a page with charts to this file" })
      .option("charts", { type: "string", describe: "Also write the charts as SVG to this folder" })
      .example("$0 trace profile out/requests.mlt", "figures against their targets")
      .example("$0 trace profile access.log* --html profile.html", "any web server's log")
      .strict() as never,
  async handler({ files, json, html, charts, ...options }) {
    const profiled = await readProfiled(files, options);
    console.log(json ? profileJson(profiled) : profileText(profiled));
    if (html !== undefined) {
      writeText(html, tracePage(tracePageData(profiled)));
      console.error(`page ${html}`);
    }
    if (charts !== undefined) {
      const figures = await traceFigures(tracePageData(profiled));
      for (const [name, svg] of figures) writeText(join(charts, name), svg);
      console.error(`charts ${charts}`);
    }
  },
};
