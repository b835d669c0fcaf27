import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  bindDispatch,
  bindPolicies,
  Coordinator,
  type JournalHead,
  JournalReader,
  type JournalRecord,
  JournalWriter,
  type Named,
  seededChance,
  snapshotOf,
  withAllDispatchParams,
  withAllParams,
} from "../../coordinator/index.ts";
import type { InputError } from "../../engine/input-error.ts";
import { sha256 } from "../../experiment/file-digest.ts";
import { explainJournal } from "./explain-journal.ts";
import { journalFiles } from "./journal-files.ts";
import type { TypedJournalQuestion } from "./journal-question.ts";

const PATHS = ["pool/a.deb", "pool/b.deb"];
/** A volunteer of 1000 bytes a second takes 100 s for it. */
const SIZE = 100_000;
const NOTHING: TypedJournalQuestion = {
  ...{ request: undefined, customer: undefined, at: undefined },
  ...{ reason: undefined, file: undefined, last: undefined },
};

/** Host time 0 of the second journal. */
const EPOCH = Date.UTC(2026, 11, 1);

let folder = "";
let state = "";
let first = "";
let second = "";
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "mirrorlab-explain-"));
  state = join(folder, "state");
  mkdirSync(join(state, "journal"), { recursive: true });
  first = join(state, "journal", "000001.journal");
  second = join(state, "journal", "000002.journal");
  writeJournals();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Volunteer 0 holds both files, volunteer 1 the first, volunteer 2 holds both and is never heard of
 * again after 100 s, volunteer 3 never announces itself. Line by line, with what was to come out.
 */
function writeJournals(): void {
  const policies = withAllParams({
    dispatch: { name: "tracker-informed", params: {} },
    replication: { name: "everything", params: {} },
    ...{ trust: null, sync: null },
  });
  const settings = {
    ...{ uplink: 5000, timeout: 60, inFlight: "by-request" as const, again: 30 },
    ...{ probeEvery: Number.POSITIVE_INFINITY, placeEvery: Number.POSITIVE_INFINITY },
  };
  const head: JournalHead = { seed: "s", settings, policies, snapshot: null, host: {} };
  const names: Named[] = ["anna", "bert"].map((name, number) => ({
    ...{ kind: "named", what: "volunteer", number, name },
  }));
  let records: JournalRecord[] = [...names];
  const coordinator = new Coordinator({
    ...{ settings, policies: bindPolicies(policies), chance: seededChance("s") },
    pathOf: (file) => PATHS[file],
    onEvent: (event) => records.push(event),
  });
  for (const file of [0, 1]) coordinator.addFile(file, SIZE, Number.NEGATIVE_INFINITY, 0);
  const report = { uploaded: 0, downloaded: 0, left: 0, dropped: [], started: true };
  for (const volunteer of [0, 1, 2, 3]) coordinator.register(volunteer, { uplink: 1000 }, 0);
  coordinator.announce(2, { ...report, completed: [0, 1] }, 100);
  coordinator.announce(0, { ...report, completed: [0, 1] }, 150);
  coordinator.announce(1, { ...report, completed: [0] }, 150);
  // Line 1 is the head, 2 and 3 are names, 4 to 9 files and offers, 10 to 12 announces.
  coordinator.ask(7, 1, SIZE, 0, 170); // Line 13: only 0 has the file and is there.
  coordinator.ask(8, 0, SIZE, 0, 171); // Line 14: 1 has nothing to send.
  coordinator.ask(7, 1, SIZE, 0, 172); // Line 15: comes back from 0; nobody else has it.
  const chosen = withAllDispatchParams({ name: "origin-only", params: {} });
  coordinator.changeDispatch(chosen, bindDispatch(chosen), 173);
  coordinator.ask(9, 0, 0, 0, 174); // Line 17: a mere question, to the server.
  write(first, head, records);

  const bytes = snapshotOf({ coordinator: coordinator.save(), host: { names, epoch: EPOCH } });
  writeFileSync(second.replace(/journal$/, "snapshot"), bytes);
  records = [];
  coordinator.ask(9, 0, SIZE, 0, 180); // Line 2.
  const now = { ...policies, dispatch: chosen };
  write(second, { ...head, policies: now, snapshot: sha256(bytes) }, records);
}

function write(path: string, head: JournalHead, records: readonly JournalRecord[]): void {
  let text = "";
  const writer = new JournalWriter((line) => {
    text += line;
  });
  writer.begin(head);
  for (const record of records) writer.write(record);
  writeFileSync(path, text);
}

async function explained(path: string, typed: Partial<TypedJournalQuestion> = {}) {
  return explainJournal(path, await journalFiles(path, undefined), { ...NOTHING, ...typed });
}

async function problems(path: string, typed: Partial<TypedJournalQuestion>) {
  try {
    await explained(path, typed);
  } catch (error) {
    return (error as InputError).problems;
  }
  return [];
}

test("a decision is told with its candidates as they were before it, and why others were none", async () => {
  const { told, fitting, decisions } = await explained(first, { request: "14" });
  assert.equal([fitting, decisions, told.length], [1, 4, 1]);
  const [{ candidates, exclusions, ...decision }] = told;
  assert.equal(decision, {
    ...{
      journal: first,
      line: 14,
      at: 171,
      time: null,
      customer: 8,
      where: 0,
      file: 0,
      bytes: SIZE,
    },
    ...{ path: "pool/a.deb", kind: "redirect", volunteer: 1, name: "bert" },
    ...{ reason: decision.reason, retryAfter: 0, recorded: null },
    server: { uplink: 5000, sending: 0 },
  });
  const believed = candidates.map(({ name, belief, age, transfers, backlog }) => {
    return [name, belief, age, transfers, backlog > 0];
  });
  assert.equal(believed, [
    ["anna", "listed", 21, 1, true],
    ["bert", "listed", 21, 0, false],
  ]);
  assert.equal(exclusions, [
    { volunteer: 2, name: "volunteer 2", reason: "has not announced itself" },
    { volunteer: 3, name: "volunteer 3", reason: "does not have the file" },
  ]);
});

test("who came back from a volunteer is told of, though no policy was asked for it", async () => {
  const { told } = await explained(first, { customer: "7" });
  const [{ line, kind, candidates, exclusions }] = told;
  assert.equal([line, kind, candidates.length], [15, "serve", 0]);
  assert.equal(
    exclusions.map(({ reason }) => reason),
    [
      "the customer came back from it",
      "does not have the file",
      "has not announced itself",
      "does not have the file",
    ],
  );
});

test("decisions are chosen by customer, time, reason and path, the latest first", async () => {
  const lines = async (typed: Partial<TypedJournalQuestion>) =>
    (await explained(first, { last: "9", ...typed })).told.map(({ line }) => line);
  assert.equal(await lines({ customer: "7" }), [15, 13]);
  assert.equal(await lines({ at: "171" }), [14, 13]);
  assert.equal(await lines({ at: "2 min 51.5 s" }), [14, 13]);
  assert.equal(await lines({ file: "pool/a.deb" }), [17, 14]);
  assert.equal(await lines({ file: "pool/a.deb", at: "173", customer: "8" }), [14]);
  const [{ reason }] = (await explained(first, { request: "14" })).told;
  const of = await lines({ reason });
  assert.ok(of.includes(14) && !of.includes(17), String(of));
  assert.equal(await lines({ last: "1", customer: "7" }), [15]);
});

test("the time of day is that of a host that has kept when its time began", async () => {
  assert.is((await explained(second, { at: "2026-12-01T00:03Z" })).told[0].at, 180);
  const [early] = await problems(second, { at: "2026-12-01T00:02:59Z" });
  assert.match(early, /got none of 1$/);
  const [unknown] = await problems(first, { at: "2027-01-01" });
  assert.match(unknown, /got none of 4$/);
});

test("another policy that has taken over is told of by its own decisions", async () => {
  const { told } = await explained(first, { request: "17" });
  const [{ kind, name, candidates, exclusions }] = told;
  assert.equal([kind, name], ["serve", "the server"]);
  assert.equal(
    candidates.map((each) => each.name),
    ["anna", "bert"],
  );
  assert.is(exclusions.length, 2);
});

test("a state folder is told whole: names and state of the later journal are in its snapshot", async () => {
  const { told, decisions, notes } = await explained(state, { at: "1 d" });
  assert.equal([decisions, notes, told[0].journal, told[0].line], [5, [], second, 2]);
  assert.equal(
    told[0].candidates.map(({ name, transfers }) => `${name} ${transfers}`),
    ["anna 0", "bert 1"],
  );
  assert.is(told[0].time, "2026-12-01T00:03:00.000Z");
  assert.is(told[0].path, "file 0"); // Which the snapshot of a server does not hold.
});

test("a journal whose snapshot is gone is left out of a folder, with a note", async () => {
  const copy = join(folder, "copy");
  mkdirSync(copy);
  writeFileSync(join(copy, "000001.journal"), readFileSync(first));
  writeFileSync(join(copy, "000002.journal"), readFileSync(second));
  const { decisions, notes } = await explained(copy);
  assert.is(decisions, 4);
  assert.match(notes.join("\n"), /^\S+000002\.journal: missing snapshot: /);
});

test("an overview counts reasons, volunteers and exclusions", async () => {
  const { overview, told, from, to } = await explained(first, { last: undefined });
  assert.equal([told, from, to], [[], 170, 174]);
  if (overview === null) throw new Error("no overview");
  const { volunteers, reasons, exclusions, last, candidates } = overview;
  assert.equal(
    volunteers.map(({ name, count, bytes }) => [name, count, bytes]),
    [
      ["the server", 2, SIZE],
      ["anna", 1, SIZE],
      ["bert", 1, SIZE],
    ],
  );
  assert.is(
    reasons.reduce((sum, { count }) => sum + count, 0),
    4,
  );
  // Candidates: anna; anna and bert; none; anna and bert.
  assert.equal([last, candidates], [4, 5 / 4]);
  assert.equal(exclusions, [
    { reason: "does not have the file", count: 6 },
    { reason: "has not announced itself", count: 4 },
    { reason: "the customer came back from it", count: 1 },
  ]);
});

test("an answer that comes out otherwise is told beside what the journal says", async () => {
  const altered = join(folder, "altered.journal");
  const [began, ...records] = [...new JournalReader().read(readFileSync(first, "latin1"))];
  if (began.kind !== "began") throw new Error("no head");
  const other = records.map((record, at) =>
    record.kind === "asked" && at === 12 ? { ...record, answer: 0 } : record,
  );
  write(altered, began.head, other);
  const { told, differed, notes } = await explained(altered, { request: "14" });
  assert.equal([differed, told[0].recorded, told[0].name], [1, "volunteer 0", "bert"]);
  assert.match(notes[0], /altered\.journal:14: mirrorlab decides otherwise than the journal says/);
});

test("what cannot be answered is told with what could be asked", async () => {
  assert.equal(await problems(first, { request: "x", customer: "1.5", at: "soon", last: "0" }), [
    "--request: expected a whole number from 1 on; got x",
    "--customer: expected a whole number from 0 on; got 1.5",
    "--last: expected a whole number from 1 on; got 0",
    "--at: expected seconds, a time such as 1 d 9 h or a day such as 2026-12-01T12:30Z; got soon",
  ]);
  const [line] = await problems(first, { request: "5" });
  assert.match(line, /expected a decision that fits; got none of 4; line 5 is no request/);
  const [reason] = await problems(first, { reason: "luck" });
  assert.match(reason, /got none of 4; known reasons: \w/);
  const [several] = await problems(state, { request: "5" });
  assert.match(several, /^--request: expected one journal; got 2: .*000001\.journal, .*000002/);
  assert.equal(await journalFiles(join(folder, "absent"), undefined), []);
  assert.equal(await journalFiles(folder, undefined), []);
});

test.run();
