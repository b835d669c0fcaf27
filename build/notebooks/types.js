import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { moduleOf } from "./cells.js";

/**
 * What the TypeScript compiler says of the cells of notebooks, one line each: the kit itself takes the
 * types away and looks at none.
 *
 * @param root Where mirrorlab's modules and `node_modules` are.
 */
export function typeProblems(root, files) {
  const parent = join(root, "notebooks/dist");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "types-"));
  try {
    const modules = files.map((file) => `${basename(file, ".html")}.ts`);
    for (const [at, name] of modules.entries()) {
      writeFileSync(join(folder, name), moduleOf(files[at], folder));
    }
    const config = {
      extends: "../../tsconfig.json",
      files: modules,
      include: ["../../lib", "../../*.js"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(
      process.execPath,
      [tsc, "--project", folder, "--pretty", "false"],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    return stdout.split("\n").filter((line) => line !== "");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
