/** Small folders of measurements, made by hand, for the tests of this folder. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Writes the files (by their paths) into a new folder and returns its path. */
export function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), "measured-"));
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

/** A sharing scenario as the testbed describes it: 8 Mbit/s up, clients with the given caps down. */
export function sharingScenario(downCaps: readonly (number | null)[], rttMs = 40.15) {
  return {
    experiment: "A_http_sharing",
    server: { up_mbit: 8, down_mbit: null },
    clients: downCaps.map((down_mbit, i) => ({ name: `c${i}`, down_mbit, up_mbit: null })),
    rtt_ms_no_queue: rttMs,
    queue_packets: 50,
    tbf_burst_bytes: { "8": 15140 },
    tools: "whatever else there is",
  };
}

export const SHARING_HEADER = "rep,job,client,at_s,bytes,time_total_s,http,rc,exec_to_exit_s";
