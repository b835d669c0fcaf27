import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import seedrandom from "seedrandom";

/** Whom each customer was sent to. */
export type Answers = Map<number, number>;

/** The program that answers, as one script, since it is started often. */
export async function bundledAnswering(room: string): Promise<string> {
  const outfile = join(room, "answering.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("answering.ts", import.meta.url))],
    ...{ bundle: true, format: "esm", platform: "node", target: "node20", outfile },
    logLevel: "error",
  });
  return outfile;
}

/**
 * Starts a program that answers as often as told, and each time kills it some time after its first answer:
 * a random part of `milliseconds`. Returns all that it has answered.
 */
export async function killAnswering(
  script: string,
  folder: string,
  { kills, milliseconds, seed }: { kills: number; milliseconds: number; seed: string },
): Promise<Answers> {
  const random = seedrandom.alea(seed);
  const answers: Answers = new Map();
  for (let kill = 0; kill < kills; kill++) {
    const child = spawn(process.execPath, [script, folder, `${kill * CUSTOMERS}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("latin1").on("data", (text: string) => {
      printed += text;
    });
    const closed = once(child, "close");
    await Promise.race([once(child.stdout, "data"), closed]);
    await pause(random() * milliseconds);
    if (child.exitCode !== null) throw new Error(`it has ended by itself: ${child.exitCode}`);
    child.kill("SIGKILL");
    await closed;
    for (const line of printed.split("\n").slice(0, -1)) {
      const [customer, volunteer] = line.split(" ").map(Number);
      answers.set(customer, volunteer);
    }
  }
  return answers;
}

/** Numbers of customers that each start has for itself. */
const CUSTOMERS = 1_000_000;
