/**
 * Runs the tests: all of them, or those whose path matches an argument (`npm test -- runner`).
 *
 * uvu alone passes a file whose suite is never run, and a folder without tests. This fails both.
 * The last line printed is `N passed, N failed`, with `, N skipped` if there are any.
 *
 * Plain JavaScript, since Node starts it; what it prints is worked out in summary.ts.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register();
const { summarise, summaryLine } = await import("./summary.ts");

const sim = fileURLToPath(new URL("..", import.meta.url));
const uvu = join(dirname(createRequire(import.meta.url).resolve("uvu")), "..", "bin.js");
const filters = process.argv.slice(2).map((filter) => filter.replace(/^(\.\/)?sim\//, ""));
const pattern = `^(?=.*(${filters.join("|")})).*\\.test\\.ts$`;

// The tests of the command line run the built program.
const tsc = join(sim, "../node_modules/typescript/bin/tsc");
for (const project of ["tsconfig.build.json", "tsconfig.host.json"]) {
  const step = [tsc, "--project", join(sim, "..", project)];
  if (spawnSync(process.execPath, step, { stdio: "inherit" }).status === 0) continue;
  console.log("the build failed\n0 passed, 1 failed");
  process.exit(1);
}

const seeded = join(sim, "testing/seeded.js");
const child = spawn(process.execPath, ["--import", "tsx", "--import", seeded, uvu, sim, pattern], {
  env: { ...process.env, NO_COLOR: "1" },
  stdio: ["ignore", "pipe", "inherit"],
});
let output = "";
child.stdout.setEncoding("utf8").on("data", (text) => {
  output += text;
  process.stdout.write(text);
});
const [code] = await once(child, "close");

const summary = summarise(output, code);
for (const complaint of summary.complaints) console.log(complaint);
console.log(summaryLine(summary));
process.exitCode = summary.failed > 0 ? 1 : 0;
