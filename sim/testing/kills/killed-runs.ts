import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { entriesOf, killRuns, runFilesOf, undisturbed } from "./kill-runs.ts";

/** Kills of one run of an experiment, until it is left to finish. */
const KILLS = 4;

/** Kills `sim run` so many times; returns whether all that it left was whole. */
export async function killedRuns(kills: number): Promise<boolean> {
  const rounds = Math.ceil(kills / KILLS);
  const experiment = fileURLToPath(new URL("../slurm/forty-cells.yaml", import.meta.url));
  const room = mkdtempSync(join(tmpdir(), "mirrorlab-kills-"));
  const expected = undisturbed([experiment], join(room, "undisturbed"));
  const files = runFilesOf(join(room, "undisturbed"));
  let failures = expected.code === 0 ? 0 : 1;
  for (let round = 0; round < rounds; round++) {
    const out = join(room, String(round));
    const { milliseconds } = expected;
    const kept = await killRuns([experiment], out, {
      kills: KILLS,
      milliseconds: milliseconds / 2,
      seed: `${round}`,
    });
    const finished = undisturbed([experiment], out);
    const isSame =
      finished.stdout === expected.stdout &&
      JSON.stringify(runFilesOf(out)) === JSON.stringify(files) &&
      entriesOf(out).length === entriesOf(join(room, "undisturbed")).length;
    console.log(`${isSame ? "ok" : "FAILED"}: kept ${kept.join(", ")}, then finished`);
    if (!isSame) failures++;
  }
  rmSync(room, { recursive: true, force: true });
  console.log(
    failures === 0 ? `${rounds * KILLS} kills: nothing lost` : `${failures} rounds failed`,
  );
  return failures === 0;
}
