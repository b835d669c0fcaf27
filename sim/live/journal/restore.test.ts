import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { snapshotOf, withAllParams } from "../../coordinator/index.ts";
import { segmentFiles } from "./segments.ts";
import { DECIDING, newFolder, SmallHost } from "./testing.ts";

let folder = "";
test.before.each(() => {
  folder = newFolder();
});
test.after.each(() => rmSync(folder, { recursive: true, force: true }));

const state = (host: SmallHost) => snapshotOf(host.coordinator.save());

/** A host that has begun so many segments, told a little in each; returns its state at the end. */
async function told(segments: number): Promise<Uint8Array> {
  const host = await new SmallHost(folder, { rotateEvery: 10 }).start();
  host.join(0, 1, 2);
  for (let number = 1; number <= segments; number++) {
    for (let customer = 0; customer < 5; customer++) host.ask(10 * number + customer);
    await host.written();
    if (number < segments) await host.tick(10);
  }
  const end = state(host);
  await host.store.close();
  return end;
}

test("a folder without a journal, or with one that was never begun, holds nothing", async () => {
  assert.is(new SmallHost(folder).restored, null);
  await told(1);
  const { journal, snapshot } = segmentFiles(folder, 1);
  rmSync(snapshot);
  truncateSync(journal, 10);
  const host = await new SmallHost(folder).start();
  assert.is(host.restored, null);
  assert.is(host.store.status.segment, 2);
  await host.store.close();
  assert.is(new SmallHost(folder).restored?.kept, 2);
});

test("wherever the end is torn, every whole record is restored and the journal is gone on with", async () => {
  await told(1);
  const { journal } = segmentFiles(folder, 1);
  const whole = readFileSync(journal, "latin1");
  const head = whole.indexOf("\n") + 1;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: head, max: whole.length }), async (length) => {
      writeFileSync(journal, whole.slice(0, length), "latin1");
      const host = await new SmallHost(folder).start();
      const lines = whole.slice(0, length).split("\n").length - 1;
      assert.is(host.restored?.last?.ending.lines, lines);
      assert.is(host.heard.length, lines - 1);
      assert.equal(host.restored?.notes, []);
      host.coordinator.tick(1000);
      const before = state(host);
      await host.store.close();
      const again = new SmallHost(folder);
      assert.equal(state(again), before);
      assert.is(again.restored?.last?.ending.torn, null);
      assert.is(again.restored?.last?.ending.lines, lines + 1);
    }),
    { numRuns: 60 },
  );
});

test("with a damaged snapshot, the one before it and both journals give the same", async () => {
  const end = await told(3);
  const { snapshot } = segmentFiles(folder, 3);
  const bytes = readFileSync(snapshot);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(snapshot, bytes);
  const host = await new SmallHost(folder).start();
  assert.equal(state(host), end);
  const { notes, kept, last, goesOn } = host.restored ?? {};
  assert.match(notes?.[0] ?? "", /000003.snapshot: expected SHA-256 \w{64}; got \w{64}; the one/);
  assert.equal([kept, last?.segment, goesOn], [2, 3, false]);
  assert.is(host.store.status.segment, 4);
  await host.store.close();
  assert.equal(state(new SmallHost(folder)), end);
  rmSync(segmentFiles(folder, 4).snapshot);
  rmSync(segmentFiles(folder, 2).snapshot);
  const first = new SmallHost(folder);
  assert.is(first.restored?.kept, 1);
  assert.equal(state(first), end);
});

test("records are not joined over a hole", async () => {
  await told(3);
  const { journal } = segmentFiles(folder, 2);
  const text = readFileSync(journal, "latin1");
  writeFileSync(journal, text.slice(0, -3), "latin1"); // The last record of the second is lost.
  rmSync(segmentFiles(folder, 3).snapshot);
  const host = await new SmallHost(folder).start();
  assert.is(host.restored?.isIncomplete, true);
  assert.match(host.restored?.notes.at(-1) ?? "", /000003.journal: records before it are missing/);
  const asked = host.heard.flatMap((each) => (each.kind === "asked" ? [each.customer] : []));
  assert.equal(asked, [20, 21, 22, 23]);
  assert.is(host.store.status.segment, 4);
  assert.is(host.store.status.isRecording, true);
  await host.store.close();
  assert.is(new SmallHost(folder).restored?.kept, 4);
});

test("what stands behind damage in the middle is left, and said to be", async () => {
  await told(1);
  const { journal } = segmentFiles(folder, 1);
  const lines = readFileSync(journal, "latin1").split("\n");
  lines[11] = lines[11].replace(/.$/, "?");
  writeFileSync(journal, lines.join("\n"), "latin1");
  const host = await new SmallHost(folder).start();
  assert.is(host.heard.length, 10);
  assert.match(
    host.restored?.notes[0] ?? "",
    /000001.journal:12: expected checksum .*; what stands behind it is lost/,
  );
  assert.is(host.store.status.segment, 2);
  await host.store.close();
});

test("journals without one whole snapshot are not begun anew over", async () => {
  await told(2);
  for (const number of [1, 2]) truncateSync(segmentFiles(folder, number).snapshot, 9);
  assert.throws(
    () => new SmallHost(folder),
    (error: Error) =>
      error.message.startsWith(`${folder}: expected a journal with a snapshot that is whole; move`),
  );
});

test("other settings and policies take over all that is known, in a segment of their own", async () => {
  const end = await told(1);
  const other = {
    seed: "is not heeded",
    settings: { ...DECIDING.settings, inFlight: "none", uplink: 5, probeEvery: 60, placeEvery: 9 },
    policies: withAllParams({
      dispatch: { name: "sticky+round-robin", params: {} },
      replication: { name: "everything", params: {} },
      ...{ trust: null, sync: { name: "off-peak", params: {} } },
    }),
  } as const;
  const host = await new SmallHost(folder, {}, other).start();
  assert.is(host.restored?.deciding.seed, DECIDING.seed);
  assert.is(host.store.status.segment, 2);
  assert.ok(host.coordinator.nextDue < Number.POSITIVE_INFINITY);
  host.ask(1);
  host.ask(2);
  const before = state(host);
  assert.is.not(Buffer.compare(before, end), 0);
  await host.store.close();
  const again = new SmallHost(folder, {}, other);
  assert.equal(state(again), before);
  assert.is(again.restored?.goesOn, true);
  // Also where the new one's snapshot is lost, and back again.
  rmSync(segmentFiles(folder, 2).snapshot);
  assert.equal(state(new SmallHost(folder, {}, other)), before);
  const back = await new SmallHost(folder).start();
  assert.ok([0, 1, 2].includes(back.ask(3)));
  await back.store.close();
});

test("a copy of a folder is restored as the folder itself is", async () => {
  const end = await told(2);
  const copy = newFolder();
  for (const number of [1, 2]) {
    const [from, to] = [segmentFiles(folder, number), segmentFiles(copy, number)];
    copyFileSync(from.journal, to.journal);
    copyFileSync(from.snapshot, to.snapshot);
  }
  assert.equal(state(new SmallHost(copy)), end);
  rmSync(copy, { recursive: true });
});

test.run();
