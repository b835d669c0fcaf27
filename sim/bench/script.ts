import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Figures } from "./benchmark.ts";

/** Runs a script of this folder in a process of its own: the figures that it prints on its last line. */
export async function figuresOf(script: string, ...args: readonly string[]): Promise<Figures> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${script} ${args.join(" ")} ended with code ${code}`);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Figures;
}
