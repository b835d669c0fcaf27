import { formatValue } from "../../report/format.ts";
import type { Workload } from "../../workload/workload.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { demands, hasNews } from "./evidence.ts";
import { counted, where } from "./words.ts";

export const preloaded: Diagnosis = {
  id: "preloaded",
  looksAt: "whether volunteers had to fetch what they serve",
  find(evidence) {
    const found = [...demands(evidence)].flatMap(([workload, cells]) => {
      const served = cells.filter(({ variant }) => variant.system.volunteers.length > 0);
      return hasNews(workload) || workload.trace.requests === 0 || served.length === 0
        ? []
        : [{ workload, cells: served }];
    });
    if (found.length === 0) return null;
    const affected = found.flatMap(({ cells }) => cells);
    const [{ workload }] = found;
    return (
      `Volunteers hold their files from the start${where(affected, evidence.cells)}, and it cost ` +
      "nothing to fill them, since all files were there before the window: to fill one that holds " +
      `everything takes ${formatValue(bytesOf(workload), "bytes")} in ${filesIn(workload)}; ` +
      "set that against what the server is relieved of"
    );
  },
};

function filesIn({ catalogue }: Workload): string {
  return `${counted(catalogue.files)} ${catalogue.files === 1 ? "file" : "files"}`;
}

function bytesOf({ catalogue }: Workload): number {
  return catalogue.size.reduce((sum, size) => sum + size, 0);
}
