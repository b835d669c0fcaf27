import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../../cli/testing.ts";
import { killServer } from "./kill-server.ts";
import { INTERVAL } from "./served.ts";

/** Seconds beyond an announce interval in which a first redirect may still come: an announce takes time, too. */
const GRACE = 0.5;

/** Kills `sim serve` so many times under load; returns whether it lost, refused or delayed nothing. */
export async function killedServers(kills: number): Promise<boolean> {
  const room = mkdtempSync(join(tmpdir(), "mirrorlab-kills-"));
  const plan = { kills, milliseconds: 1500, seed: "serve" };
  const killed = await killServer(room, [process.execPath, program, "serve"], plan);
  const { answered, redirected, recorded, lost, refused, problems } = killed;
  console.log(
    `${kills} kills: ${answered} answered, ${redirected} of them by a redirect; ${recorded} recorded`,
  );
  console.log(`answered and not recorded so: ${lost}`);
  console.log(`not answered while the server was there: ${refused}`);
  console.log(`longest from start to listening: ${killed.listening.toFixed(2)} s`);
  console.log(
    `longest from listening to the first redirect: ${killed.firstRedirect.toFixed(2)} s, ` +
      `announces come each ${INTERVAL} s`,
  );
  for (const problem of problems) console.log(`replay: ${problem}`);
  if (problems.length === 0) console.log("replay: all answers come out again");
  const isLate = !(killed.firstRedirect <= INTERVAL + GRACE);
  const isWell = lost === 0 && refused === 0 && problems.length === 0 && !isLate;
  console.log(isWell ? "ok" : `FAILED; kept: ${room}`);
  if (isWell) rmSync(room, { recursive: true });
  return isWell;
}
