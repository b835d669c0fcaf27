/**
 * `npm run recompute -- results/flash/<run> …`: works out the metrics of finished runs anew from their rows
 * (`sim run --rows all`) and compares. Exits with 1 where any differs by more than 1e-9 of itself.
 */
import { checkFolder } from "./check-folder.ts";
import { NOT_RECOMPUTED } from "./recompute.ts";

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("expected folders of runs, as results/flash/0123456789ab; got none");
  process.exit(2);
}
for (const folder of folders) {
  const { runs, values, differences } = await checkFolder(folder);
  for (const line of differences) console.log(line);
  console.log(`${folder}: ${runs} runs, ${values} values, ${differences.length} differ`);
  if (differences.length > 0) process.exitCode = 1;
}
console.log("not recomputed:");
for (const [name, why] of Object.entries(NOT_RECOMPUTED)) console.log(`  ${name}: ${why}`);
