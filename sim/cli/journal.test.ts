import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  apply,
  bindPolicies,
  Coordinator,
  type Event,
  type JournalHead,
  JournalReader,
  type JournalRecord,
  JournalWriter,
  Numbering,
  seededChance,
  snapshotOf,
} from "../coordinator/index.ts";
import { sha256 } from "../experiment/file-digest.ts";
import { colourless, program, root, SMALL_EXPERIMENT, sim } from "./testing.ts";

let room = "";
let small = "";
let journal = "";
test.before(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-journal-"));
  small = join(room, "small.yaml");
  writeFileSync(small, SMALL_EXPERIMENT);
  journal = join(room, "journal");
  const { code, stderr } = run(journal, "--policy", "tracker-informed", "--replication", "1");
  assert.is(code, 0, stderr);
});
test.after(() => rmSync(room, { recursive: true, force: true }));

function run(path: string, ...args: string[]) {
  return sim("run", small, "--journal", path, "--quiet", ...args);
}

function recordsIn(path: string): JournalRecord[] {
  return [...new JournalReader().read(readFileSync(path, "latin1"))];
}

/** A journal of these records. */
function written(name: string, records: readonly JournalRecord[]): string {
  let text = "";
  const writer = new JournalWriter((line) => {
    text += line;
  });
  for (const record of records) writer.write(record);
  const path = join(room, name);
  writeFileSync(path, text);
  return path;
}

test("the journal of a run is of the run that the results are of, and answers come out again", () => {
  const path = join(room, "again");
  const asked = ["--policy", "tracker-informed", "--replication", "1", "--json"];
  const { stdout } = run(path, ...asked);
  const journaled = JSON.parse(stdout);
  assert.is(journaled.bytes, readFileSync(path).length);
  assert.equal(readFileSync(path), readFileSync(journal));
  const out = join(room, "results");
  assert.is(sim("run", small, "--out", out, "--quiet").code, 0);
  const [folder] = readdirSync(join(out, "small"));
  const runs = readFileSync(join(out, "small", folder, "runs.jsonl"), "utf8");
  assert.ok(runs.includes(`"fingerprint":"${journaled.fingerprint}"`));

  const replayed = sim("replay", path);
  assert.is(replayed.code, 0, replayed.stderr);
  const events = journaled.lines - 1;
  const text = new RegExp(
    `^tracker-informed, everything: (\\d+) of \\1 answers agree \\(${events} events\\)\n$`,
  );
  assert.match(replayed.stdout, text);
});

test("an experiment of several runs is refused unless one is chosen", () => {
  const { code, stderr } = run(join(room, "x"));
  assert.is(code, 2);
  assert.is(
    stderr,
    "sim: --journal: expected one run; got 15 runs; --policy (origin-only, random, round-robin, " +
      "least-loaded, tracker-informed) and --replication (0 to 2) choose one\n",
  );
  const wrong = run(join(room, "x"), "--policy", "randon", "--replication", "3");
  assert.is(wrong.code, 2);
  assert.match(
    wrong.stderr,
    /--policy: unknown policy: randon; known: .*; did you mean 'random'\?/,
  );
  assert.match(wrong.stderr, /--replication: invalid replication: 3; not in \[0, 3\)/);
  const alone = sim("run", small, "--policy", "random");
  assert.is(alone.code, 2);
  assert.match(alone.stderr, /policy -> journal/);
});

test("a journal is of a server with one coordinator that knows what a server can", () => {
  const told = join(room, "told.yaml");
  const system = "server: { redirectors: 4, ";
  const text = SMALL_EXPERIMENT.replace("server: { ", system);
  assert.ok(text.includes(system));
  writeFileSync(told, text.replace(/^system:/m, "system:\n  tracker: { inFlight: truth }"));
  const one = ["--policy", "random", "--replication", "0"];
  const { code, stderr } = sim("run", told, "--journal", join(room, "x"), "--quiet", ...one);
  assert.is(code, 2);
  assert.is(
    stderr,
    "sim: --journal: expected one redirector; got 4 (system.server.redirectors)\n" +
      "sim: --journal: expected what a server can know; got truth (system.tracker.inFlight)\n",
  );
});

test("a place that cannot be written is told in a line, and nothing is left there", () => {
  const one = ["--policy", "random", "--replication", "0"];
  for (const place of [join(room, "absent/journal"), room, join(small, "journal")]) {
    const { code, stderr } = run(place, ...one);
    assert.is(code, 2, stderr);
    assert.match(stderr, /^sim: --journal: expected a file that can be written; got \S+ \(.*\)\n$/);
  }
  // A limit of 1 kB a file: all writes beyond it fail, as on a full disk.
  const full = join(room, "full");
  const limited = ["-c", 'ulimit -f 1; exec "$@"', "-", process.execPath, program];
  const args = [...limited, "run", small, "--journal", full, "--quiet", ...one];
  const options = { cwd: root, env: colourless, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync("bash", args, options);
  assert.is(status, 1, stderr);
  assert.is(stderr, `sim: ${full}: no room is left (EFBIG); no journal was kept\n`);
  assert.equal(
    readdirSync(room).filter((name) => name.startsWith("full")),
    [],
  );
});

test("a journal is read packed, and one whose end is torn up to there", () => {
  const text = readFileSync(journal, "latin1");
  const torn = join(room, "torn.gz");
  writeFileSync(torn, gzipSync(text.slice(0, -9)));
  const { code, stdout } = sim("replay", torn);
  assert.is(code, 0, stdout);
  const lines = text.split("\n").length - 1;
  assert.ok(
    stdout.endsWith(
      `\n${torn}:${lines}: torn here, and replayed up to here: the line has no end\n`,
    ),
    stdout,
  );
  const { ending, first, events } = JSON.parse(sim("replay", torn, "--json").stdout);
  assert.is(ending.torn.line, lines);
  assert.is(ending.lines, lines - 1);
  assert.is(events, lines - 2);
  assert.is(first, null);
});

test("an answer that comes out otherwise is exit 1, with its line, time, customer and file", () => {
  const records = recordsIn(journal);
  const line = records.findIndex((record) => record.kind === "asked" && record.answer >= 0);
  const asked = records[line] as Extract<Event, { kind: "asked" }>;
  const { at, customer, file, answer } = asked;
  const added = records.find((record) => record.kind === "file-added" && record.file === file);
  const { path } = added as Extract<Event, { kind: "file-added" }>;
  const other = written("other", records.with(line, { ...asked, answer: -1 }));
  const { code, stdout } = sim("replay", other);
  assert.is(code, 1);
  assert.match(stdout, /answers agree, 1 differ \(/);
  const place = `${other}:${line + 1}: at ${at} s, customer ${customer}, file ${path}`;
  assert.is(stdout.split("\n")[1], `${place}: expected the server; got volunteer ${answer}`);
  assert.equal(JSON.parse(sim("replay", other, "--json").stdout).first, {
    ...{ line: line + 1, at, customer, file: path, expected: -1, found: answer },
  });
});

test("a journal that is damaged, or asks for what is not there, is exit 2", () => {
  const text = readFileSync(journal, "latin1");
  const damaged = join(room, "damaged");
  writeFileSync(damaged, `${text.slice(0, 2000)}#${text.slice(2001)}`);
  const line = text.slice(0, 2000).split("\n").length;
  const told = sim("replay", damaged);
  assert.is(told.code, 2);
  assert.match(told.stderr, new RegExp(`^sim: ${damaged}:${line}: expected checksum`));

  const [header, ...rest] = recordsIn(journal);
  if (header.kind !== "began") throw new Error("no header");
  const withHead = (head: Partial<JournalHead>) =>
    sim("replay", written("head", [{ ...header, head: { ...header.head, ...head } }, ...rest]));
  const dispatch = { name: "randon", params: {} };
  const unknown = withHead({ policies: { ...header.head.policies, dispatch } });
  assert.is(unknown.code, 2);
  assert.match(unknown.stderr, /head:1: unknown policy: randon; known: /);
  const missing = withHead({ snapshot: "abc" });
  assert.is(missing.code, 2);
  assert.match(missing.stderr, /head: missing snapshot: abc; --snapshot says where it is/);
  const none = sim("replay", journal, "--snapshot", journal);
  assert.is(none.code, 2);
  assert.match(none.stderr, /expected no snapshot, as the journal follows none/);
});

test("a journal that follows a snapshot goes on from there", () => {
  const [header, ...records] = recordsIn(journal);
  if (header.kind !== "began") throw new Error("no header");
  const events = records as Event[];
  const paths = new Numbering();
  const added = events.filter((event) => event.kind === "file-added");
  for (const { path } of added.sort((a, b) => a.file - b.file)) paths.numberOf(path);
  const { settings, policies, seed } = header.head;
  const coordinator = new Coordinator({
    settings,
    policies: bindPolicies(policies),
    chance: seededChance(seed),
    pathOf: (file) => paths.at(file),
  });
  const half = Math.floor(events.length * 0.7);
  for (const event of events.slice(0, half)) {
    apply(coordinator, event);
    coordinator.actions.take(() => {});
  }
  const bytes = snapshotOf({ coordinator: coordinator.save(), paths: paths.save() });
  const snapshot = join(room, "snapshot");
  writeFileSync(snapshot, bytes);
  const head = { ...header.head, snapshot: sha256(bytes) };
  const rest = written("rest", [{ ...header, head }, ...events.slice(half)]);
  const { code, stdout, stderr } = sim("replay", rest, "--snapshot", snapshot);
  assert.is(code, 0, stdout + stderr);
  assert.match(stdout, /^tracker-informed, everything: (\d\d+) of \1 answers agree/);

  writeFileSync(snapshot, bytes.subarray(1));
  const other = sim("replay", rest, "--snapshot", snapshot);
  assert.is(other.code, 2);
  assert.match(other.stderr, /snapshot: expected SHA-256 \w{64}; got \w{64}/);
});

/** Takes the first holder, but for every third customer. */
const FIRST = `export default {
  name: "first",
  params: { every: { default: 3, min: 1, max: 9, unit: "count", summary: "to the server" } },
  memory: { init: () => 0, observe: (n) => n + 1 },
  decide({ candidates, count }, { every }, random, seen) {
    const to = candidates.findIndex(({ belief }, i) => i < count && belief === "listed");
    return { to: seen % every === 0 ? -1 : to, reason: "first" };
  },
};`;

test("a policy of one's own is found again by the journal of its run", () => {
  const policy = join(room, "first.js");
  writeFileSync(policy, FIRST);
  const file = join(room, "own.yaml");
  const text = SMALL_EXPERIMENT.replace(/dispatch: \[.*\]/, "dispatch: sticky+./first.js");
  writeFileSync(
    file,
    text.replace(/compare: .*\n/, "").replace("replications: 3", "replications: 1"),
  );
  const path = join(room, "own");
  const { code, stderr } = sim("run", file, "--journal", path, "--quiet");
  assert.is(code, 0, stderr);
  const agrees = sim("replay", path);
  assert.is(agrees.code, 0, agrees.stderr);
  assert.match(agrees.stdout, /^sticky\+\.\/first\.js, everything: (\d+) of \1 answers agree/);
  writeFileSync(policy, FIRST.replace("seen %", "(seen + 1) %"));
  const differs = sim("replay", path);
  assert.is(differs.code, 1, differs.stderr);
  rmSync(policy);
  const gone = sim("replay", path);
  assert.is(gone.code, 2);
  assert.match(gone.stderr, /first\.js: expected a module that can be loaded/);
});

test.run();
