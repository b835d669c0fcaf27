import type { CommandModule } from "yargs";
import { policies } from "../../policies/index.ts";

export const policiesCommand: CommandModule = {
  command: "policies",
  describe: "List the policies an experiment can name, with their params",
  async handler() {
    for (const [family, members] of Object.entries(policies)) {
      console.log(`${family}\n`);
      for (const { name, summary, source, params } of members) {
        console.log(`  ${name}: ${summary}`);
        for (const [param, spec] of Object.entries(params)) {
          const range = `${spec.min} … ${spec.max} ${spec.unit}`;
          console.log(`    ${param} = ${spec.default} (${range}): ${spec.summary}`);
        }
        console.log(`    source: ${source}\n`);
      }
    }
  },
};
