import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Figures } from "./benchmark.ts";

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));

/** Measures in a fresh process, so that no benchmark warms another or fills its memory. */
export async function measure(name: string): Promise<Figures[]> {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the benchmark ${name} ended with code ${code}`);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Figures[];
}
