/** Kills `sim run` a hundred times and looks at what is left: `npm run test:kills`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { entriesOf, killRuns, runFilesOf, undisturbed } from "./kill-runs.ts";

const ROUNDS = 25;
const KILLS = 4;

const experiment = fileURLToPath(new URL("../slurm/forty-cells.yaml", import.meta.url));
const room = mkdtempSync(join(tmpdir(), "mirrorlab-kills-"));
const expected = undisturbed([experiment], join(room, "undisturbed"));
const files = runFilesOf(join(room, "undisturbed"));
let failures = expected.code === 0 ? 0 : 1;
for (let round = 0; round < ROUNDS; round++) {
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
console.log(failures === 0 ? `${ROUNDS * KILLS} kills: nothing lost` : `${failures} rounds failed`);
process.exitCode = failures === 0 ? 0 : 1;
