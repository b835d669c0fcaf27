import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rsyncCases } from "./rsync.ts";

const HEAD = "pair,old_bytes,new_bytes,block,block_used,compress,matched,total_bytes,wall_s,rc\n";

/** One million bytes of which blocks find half, whatever their length: one long run. */
const row = (block: number, rc = 0, compress = 0) =>
  `p,1000000,1000000,${block},${block},${compress},500000,520000,1,${rc}\n`;

const test = suite<{ folder: string }>("rsync validation");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "validate-"));
});

test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

function scenario(folder: string, spec: object, rows: readonly string[]): string {
  const path = join(folder, "scenario");
  mkdirSync(path);
  writeFileSync(join(path, "scenario.json"), JSON.stringify(spec));
  writeFileSync(join(path, "outcomes.csv"), HEAD + rows.join(""));
  return path;
}

test("predicts the block lengths that are not given, of runs that ended well", ({ folder }) => {
  const rows = [row(1024), row(4096), row(16_384), row(700, 1), row(2048, 0, 1)];
  const { bytes: cases } = rsyncCases(scenario(folder, { link: "uncapped" }, rows));
  assert.equal(
    cases.map(({ scenario: name }) => name),
    ["scenario p block 4096"],
  );
  const [{ simulated, measured, naive }] = cases;
  assert.is(measured, 520_000);
  assert.is(naive, 1e6);
  // Half the file; 245 blocks of 6 bytes of signature; 123 tokens of 4, 16 literal ones; the rest
  // is heads, checksum, messages and session.
  assert.ok(
    simulated > 500_000 + 245 * 6 + 139 * 4 && simulated < 500_000 + 245 * 6 + 139 * 4 + 400,
  );
});

test("counts seconds where the link is capped, and bytes where it is not", ({ folder }) => {
  const caps = { server_up_mbit: 10, client_up_mbit: 10, client_down_mbit: 20 };
  const path = scenario(folder, caps, [row(1024), row(16_384)]);
  const { bytes, time: cases } = rsyncCases(path);
  assert.equal(bytes, []);
  assert.is(cases.length, 2);
  // 1 MB at 1.25 MB/s, of which 1448 in 1514 are payload.
  assert.ok(Math.abs(cases[0].naive - 0.8 / (1448 / 1514)) < 1e-9);
});

test("says where a scenario is not as expected", ({ folder }) => {
  const path = scenario(folder, { server_up_mbit: "fast" }, [row(1024)]);
  assert.throws(() => rsyncCases(path), /scenario\.json: server_up_mbit/);
});

test.run();
