import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { swarmCases } from "./swarm.ts";

const test = suite<{ folder: string }>("swarm validation");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "validate-"));
});

test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const SPEC = {
  seed_up_mbit: 8,
  leecher_up_mbit: 8,
  leecher_down_mbit: 16,
  rtt_ms_no_queue: 0.15,
  client: "libtorrent 2.0.8 defaults",
};

function scenario(folder: string, done: number): string {
  const path = join(folder, "two");
  mkdirSync(path);
  const write = (name: string, text: string) => writeFileSync(join(path, name), text);
  write("scenario.json", JSON.stringify(SPEC));
  write("schedule.csv", "n,peer,at_s,role\n2,seed,-1,seed\n2,l0,0,leecher\n2,l1,0,leecher\n");
  write(
    "outcomes.csv",
    "rep,n,size,piece,peer,at_s,start_err\n0,2,1000000,1000000,l0,0,0\n0,2,1000000,1000000,l1,0,5\n",
  );
  write(
    "swarms.csv",
    `rep,n,size,piece,done,max_s,seed_wire_up\n0,2,1000000,1000000,${done},1.2,1100000\n`,
  );
  return path;
}

test("replays the starts as they were: a leecher 5 s late has two sources", ({ folder }) => {
  const { finish, serverBytes } = swarmCases(scenario(folder, 2));
  assert.is(finish[0].scenario, "two n=2 1000000/1000000 #0");
  // The first alone: 1 MB at 8 Mbit/s, 1448 in 1514.
  const alone = 1 / (1448 / 1514);
  assert.ok(Math.abs(finish[0].simulated - alone) < 0.05, `${finish[0].simulated}`);
  // The seed sends less than two copies, and more than one.
  assert.ok(serverBytes[0].simulated > 1e6 && serverBytes[0].simulated < 2e6);
  // Fluid: two copies over two uplinks and the seed's take less than the seed's one copy, 1 s.
  assert.ok(Math.abs(finish[0].naive - 1 / (1448 / 1514)) < 1e-9);
  assert.is(serverBytes[0].measured, 1_100_000);
});

test("leaves out runs that were cut off", ({ folder }) => {
  assert.equal(swarmCases(scenario(folder, 1)).finish, []);
});

test.run();
