/**
 * Plants a small fault in a copy of one policy of each family, and shows that the copy's own tests
 * fail by it: tests that pass whatever the code does would prove nothing.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { policies } from "../policies/index.ts";

interface Fault {
  /** The policy's file, below sim/policies; its tests are in `test`. */
  readonly file: string;
  readonly test: string;
  readonly from: string;
  readonly to: string;
}

const FAULTS: Readonly<Record<keyof typeof policies, Fault>> = {
  dispatch: {
    file: "dispatch/policies/tracker-informed.ts",
    test: "dispatch/policies/tracker-informed.test.ts",
    from: "random() * ++ties < 1",
    to: "random() * ++ties < 0",
  },
  wrapper: {
    file: "dispatch/wrappers/sticky.ts",
    test: "dispatch/wrappers/wrapper.test.ts",
    from: "client.lastAt <= stickyFor",
    to: "client.lastAt < stickyFor",
  },
  replication: {
    file: "replication/new-releases.ts",
    test: "replication/new-releases.test.ts",
    from: "age >= window",
    to: "age > window",
  },
  eviction: {
    file: "eviction/disk-share.ts",
    test: "eviction/eviction.test.ts",
    from: "held[a].usedAt - held[b].usedAt",
    to: "held[b].usedAt - held[a].usedAt",
  },
  chunkSize: {
    file: "chunk-size/sqrt.ts",
    test: "chunk-size/sqrt.test.ts",
    from: "root - (root % 8)",
    to: "root",
  },
  sync: {
    file: "sync/off-peak.ts",
    test: "sync/sync.test.ts",
    from: "open < lasts",
    to: "open <= lasts",
  },
  handout: {
    file: "swarm/completeness.ts",
    test: "swarm/swarm.test.ts",
    from: "complete ? 0 : 2",
    to: "complete ? 2 : 0",
  },
  pieces: {
    file: "swarm/rarest-first.ts",
    test: "swarm/swarm.test.ts",
    from: "view.availability[piece]",
    to: "-view.availability[piece]",
  },
  choking: {
    file: "swarm/tit-for-tat.ts",
    test: "swarm/swarm.test.ts",
    from: "b.bytes - a.bytes",
    to: "a.bytes - b.bytes",
  },
  trust: {
    file: "trust/points.ts",
    test: "trust/trust.test.ts",
    from: "sum - 2",
    to: "sum - 1",
  },
};

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
let room = "";

const it = suite("faults");

it.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-faults-"));
  cpSync(join(root, "sim/policies"), join(room, "policies"), { recursive: true });
  cpSync(join(root, "package.json"), join(room, "package.json"));
  symlinkSync(join(root, "node_modules"), join(room, "node_modules"));
});
it.after(() => rmSync(room, { recursive: true, force: true }));

it("without a fault, the copy's tests pass", () => {
  for (const path of new Set(Object.values(FAULTS).map(({ test }) => test))) {
    const { status, output } = outcome(path);
    assert.is(status, 0, output);
  }
});

for (const [family, { file, test, from, to }] of Object.entries(FAULTS)) {
  it(`a fault in ${file} is found by the tests of the family ${family}`, () => {
    const path = join(room, "policies", file);
    const source = readFileSync(path, "utf8");
    assert.is(source.split(from).length, 2, `${from} is there once`);
    writeFileSync(path, source.replace(from, to));
    try {
      const { status, output } = outcome(test);
      assert.is(status, 1, output);
      assert.match(output, /FAIL[\s\S]*Expected/); // An assertion, not a file that does not load.
    } finally {
      writeFileSync(path, source);
    }
  });
}

it.run();

function outcome(test: string): { readonly status: number | null; readonly output: string } {
  const command = ["--import", tsx, join(room, "policies", test)];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: room,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}
