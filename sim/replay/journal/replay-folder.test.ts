import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type JournalRecord, JournalWriter, withAllParams } from "../../coordinator/index.ts";
import { recordsIn, segmentFiles } from "../../live/journal/segments.ts";
import { DECIDING, FailingCalls, newFolder, SmallHost } from "../../live/journal/testing.ts";
import { replayFolder } from "./replay-folder.ts";

let folder = "";
test.before.each(() => {
  folder = newFolder();
});
test.after.each(() => rmSync(folder, { recursive: true, force: true }));

/** A host that has begun three segments, with five answers in each. */
async function told(): Promise<void> {
  const host = await new SmallHost(folder, { rotateEvery: 10 }).start();
  host.join(0, 1, 2);
  for (let number = 1; number <= 3; number++) {
    for (let customer = 0; customer < 5; customer++) host.ask(10 * number + customer);
    await host.written();
    if (number < 3) await host.tick(10);
  }
  await host.store.close();
}

/** Writes the journal of a segment anew. */
function rewrite(number: number, change: (record: JournalRecord, at: number) => JournalRecord) {
  const { journal } = segmentFiles(folder, number);
  const lines: string[] = [];
  const writer = new JournalWriter((line) => lines.push(line));
  for (const [at, record] of [...recordsIn(journal)].entries()) writer.write(change(record, at));
  writeFileSync(journal, lines.join(""), "latin1");
}

const joints = async () => (await replayFolder(folder)).segments.map(({ joint }) => joint);

test("every segment goes on, to the byte, where the one before it ends", async () => {
  await told();
  const { segments, notes } = await replayFolder(folder);
  assert.equal(notes, []);
  assert.equal(
    segments.map(({ joint, gap, replayed }) => [joint, gap, replayed.agreed, replayed.differed]),
    [
      ["first", null, 5, 0],
      ["same", null, 5, 0],
      ["same", null, 5, 0],
    ],
  );
});

test("the state folder of a server holds its journal", async () => {
  await told();
  const state = newFolder();
  mkdirSync(join(state, "catalogue"));
  renameSync(folder, join(state, "journal"));
  assert.is((await replayFolder(state)).segments.length, 3);
  rmSync(state, { recursive: true });
});

test("an event that was not written down shows at the next segment", async () => {
  await told();
  rewrite(1, (record) => (record.kind === "asked" ? { ...record, bytes: 1001 } : record));
  assert.equal(await joints(), ["first", "differs", "same"]);
});

test("an answer that was another shows in its segment", async () => {
  await told();
  rewrite(2, (record, at) =>
    at === 3 && record.kind === "asked" ? { ...record, answer: 7 } : record,
  );
  const { segments } = await replayFolder(folder);
  const { first, differed } = segments[1].replayed;
  assert.is(differed, 1);
  assert.equal([first?.line, first?.customer, first?.expected], [4, 22, 7]);
  assert.is(first?.file, "file 2"); // Told before any journal, and there is no catalogue.
});

test("a segment whose snapshot is lost is told on from the one before; the first cannot be", async () => {
  await told();
  rmSync(segmentFiles(folder, 1).snapshot);
  rmSync(segmentFiles(folder, 3).snapshot);
  const { segments, notes } = await replayFolder(folder);
  assert.equal(notes, [`${segmentFiles(folder, 1).snapshot}: it is missing; left out`]);
  assert.equal(
    segments.map(({ joint, replayed }) => [joint, replayed.agreed]),
    [
      ["first", 5],
      ["without snapshot", 5],
    ],
  );
});

test("a gap is told, and replay resumes behind it", async () => {
  const calls = new FailingCalls();
  const host = await new SmallHost(folder, { calls }).start();
  host.join(0, 1);
  host.ask(1);
  await host.written();
  calls.isFull = true;
  host.ask(2);
  await host.written();
  calls.isFull = false;
  await host.tick(5);
  for (const customer of [3, 4, 5]) host.ask(customer);
  await host.store.close();
  const { segments } = await replayFolder(folder);
  assert.equal(
    segments.map(({ joint, gap, replayed }) => [joint, gap?.unrecorded, replayed.agreed]),
    [
      ["first", undefined, 1],
      ["gap", 1, 3],
    ],
  );
});

test("where other settings and policies took over, the state was handed on as it is now", async () => {
  await told();
  const settings = { ...DECIDING.settings, uplink: 5, inFlight: "reports" } as const;
  const dispatch = { name: "sticky+tracker-informed", params: {} };
  const policies = withAllParams({ ...DECIDING.policies, dispatch, trust: null });
  const host = await new SmallHost(folder, {}, { seed: "", settings, policies }).start();
  for (let customer = 0; customer < 9; customer++) host.ask(customer);
  await host.store.close();
  const back = await new SmallHost(folder).start();
  back.ask(3);
  await back.store.close();
  assert.equal(await joints(), ["first", "same", "same", "same", "same"]);
});

test("a journal that was not begun is left out; one alone is none", async () => {
  await told();
  writeFileSync(segmentFiles(folder, 4).journal, "");
  const { segments, notes } = await replayFolder(folder);
  assert.is(segments.length, 3);
  assert.match(notes[0], /000004.journal: left out, as it was not begun$/);
  const other = newFolder();
  let problem = "";
  await replayFolder(other).catch(({ message }) => {
    problem = message;
  });
  assert.is(problem, `${other}: expected the journal of a server, or its state`);
  rmSync(other, { recursive: true });
});

test("a torn end is replayed up to there", async () => {
  await told();
  const { journal } = segmentFiles(folder, 3);
  writeFileSync(journal, readFileSync(journal, "latin1").slice(0, -2), "latin1");
  const { segments } = await replayFolder(folder);
  assert.is(segments[2].replayed.agreed, 4);
  assert.is(segments[2].replayed.ending.torn?.problem, "the line has no end");
});

test.run();
