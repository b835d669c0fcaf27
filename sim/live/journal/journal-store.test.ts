import { existsSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Event, snapshotOf, stateOf } from "../../coordinator/index.ts";
import { sha256 } from "../../experiment/file-digest.ts";
import type { KeptState } from "./kept-state.ts";
import { factsIn, headOf } from "./segment-head.ts";
import { recordsIn, segmentFiles } from "./segments.ts";
import { FailingCalls, newFolder, SmallHost } from "./testing.ts";

let folder = "";
test.before.each(() => {
  folder = newFolder();
});
test.after.each(() => rmSync(folder, { recursive: true, force: true }));

/** Who was sent where by the records of a segment: customer and answer. */
function answersIn(number: number): (readonly [number, number])[] {
  return [...recordsIn(segmentFiles(folder, number).journal)].flatMap((record) =>
    record.kind === "asked" ? [[record.customer, record.answer] as const] : [],
  );
}

function headIn(number: number) {
  const head = headOf(segmentFiles(folder, number));
  if (head === null) throw new Error(`no head in ${number}`);
  return head;
}

const state = (host: SmallHost) => snapshotOf(host.coordinator.save());

test("a first start keeps what was told before it, and a journal that follows it", async () => {
  const host = await new SmallHost(folder).start();
  assert.equal(readdirSync(folder).sort(), ["000001.journal", "000001.snapshot"]);
  const bytes = readFileSync(join(folder, "000001.snapshot"));
  const head = headIn(1);
  assert.is(head.snapshot, sha256(bytes));
  assert.is(head.host["epoch"], 17);
  assert.equal(factsIn(head), { follows: null, gap: null });
  assert.equal((stateOf(bytes) as KeptState).host, { names: [] });
  host.join(0, 1);
  const answers = [3, 4, 5].map((customer) => [customer, host.ask(customer)]);
  await host.written();
  assert.equal(answersIn(1), answers);
  const { isRecording, unrecorded, segment, bytes: size, lastError } = host.store.status;
  assert.equal([isRecording, unrecorded, segment, lastError], [true, 0, 1, null]);
  assert.is(size, readFileSync(join(folder, "000001.journal")).length);
  await host.store.close();
});

test("what is restored is what there was, to the byte, and is gone on with", async () => {
  const host = await new SmallHost(folder).start();
  host.join(0, 1, 2);
  for (let customer = 0; customer < 50; customer++) host.ask(customer);
  const before = state(host);
  await host.store.close();

  const again = await new SmallHost(folder).start();
  assert.equal(again.restored?.notes, []);
  assert.equal(state(again), before);
  assert.equal(again.names, ["v0", "v1", "v2"]);
  const kinds = again.heard.map(({ kind }) => kind);
  assert.equal(kinds.slice(0, 3), ["registered", "announced", "named"]);
  again.ask(99);
  await again.store.close();
  assert.equal(readdirSync(folder).length, 2);
  assert.is(answersIn(1).length, 51);
});

test("fsync comes each second if something was written, and only then", async () => {
  const calls = new FailingCalls();
  const host = await new SmallHost(folder, { calls }).start();
  await host.written();
  host.join(0);
  await host.written();
  const before = calls.syncs;
  await host.tick(1);
  await host.tick(1);
  assert.is(calls.syncs, before + 1);
  while (host.store.status.lastSync === null) await turn();
  await host.store.close();
});

test("a segment that is full is followed by one whose snapshot is its end", async () => {
  const host = await new SmallHost(folder, { rotateBytes: 3000 }).start();
  host.join(0, 1);
  const answers: (readonly [number, number])[] = [];
  for (let customer = 0; answers.length < 100; customer++) {
    answers.push([customer, host.ask(customer)]);
    await host.written();
    if (customer % 10 === 9) await host.tick(1);
  }
  const last = host.store.status.segment;
  assert.ok(last > 2, `${last} segments`);
  const all = Array.from({ length: last }, (_, at) => answersIn(at + 1)).flat();
  assert.equal(all, answers);
  for (let number = 2; number <= last; number++) {
    const lines = [...recordsIn(segmentFiles(folder, number - 1).journal)].length;
    assert.equal(factsIn(headIn(number)).follows, { segment: number - 1, lines });
  }
  const before = state(host);
  await host.store.close();
  const again = new SmallHost(folder);
  assert.is(again.restored?.kept, last);
  assert.equal(state(again), before);
});

test("records that come while a segment ends are in the next, called back for in order", async () => {
  const host = await new SmallHost(folder, { rotateEvery: 10 }).start();
  host.join(0);
  const said: number[] = [];
  const tell = (customer: number) => {
    host.ask(customer);
    host.store.written(() => said.push(customer));
  };
  tell(1);
  host.time += 10_000;
  host.store.tick();
  tell(2);
  tell(3);
  assert.equal(said, []);
  await host.store.settled();
  await host.written();
  assert.equal(said, [1, 2, 3]);
  const customers = [1, 2].map((number) => answersIn(number).map(([customer]) => customer));
  assert.equal(customers, [[1], [2, 3]]);
  await host.store.close();
});

test("old segments go, but not the newest snapshot and what follows it", async () => {
  const host = await new SmallHost(folder, { rotateEvery: 50, retention: 100 }).start();
  const age = (number: number, seconds: number) => {
    const at = host.time / 1000 - seconds;
    utimesSync(segmentFiles(folder, number).journal, at, at);
  };
  await host.tick(50);
  await host.tick(50);
  assert.is(host.store.status.segment, 3);
  age(1, 101);
  age(2, 99);
  age(3, 1000);
  await host.tick(1);
  const numbers = readdirSync(folder).map((name) => Number(name.slice(0, 6)));
  assert.equal([...new Set(numbers)].sort(), [2, 3]);
  age(2, 4000);
  await host.tick(1); // Not again within the hour.
  assert.ok(existsSync(segmentFiles(folder, 2).journal));
  await host.store.close();
});

test("on a full disk all are answered at once, counted, and found again after a gap", async () => {
  const calls = new FailingCalls();
  const host = await new SmallHost(folder, { calls }).start();
  host.join(0, 1);
  host.ask(1);
  await host.written();
  const recorded = host.coordinator.now;
  calls.isFull = true;
  for (const customer of [2, 3, 4]) host.ask(customer);
  await host.written();
  const { isRecording, unrecorded, lastError } = host.store.status;
  assert.equal([isRecording, unrecorded], [false, 3]);
  assert.match(lastError ?? "", /ENOSPC/);
  host.ask(5);
  let isAnswered = false;
  host.store.written(() => {
    isAnswered = true;
  });
  assert.ok(isAnswered);
  assert.is(host.store.status.unrecorded, 4);

  await host.tick(5); // There is still no room.
  assert.is(host.store.status.isRecording, false);
  assert.equal(readdirSync(folder).sort(), ["000001.journal", "000001.snapshot"]);
  calls.isFull = false;
  await host.tick(4); // Not yet.
  assert.is(host.store.status.isRecording, false);
  host.ask(6);
  await host.tick(1);
  assert.is(host.store.status.isRecording, true);
  assert.is(host.store.status.unrecorded, 5);
  const { follows, gap } = factsIn(headIn(host.store.status.segment));
  assert.is(follows, null);
  assert.is(gap?.unrecorded, 5);
  assert.is(gap?.to, host.coordinator.now);
  assert.is(gap?.from, recorded + 0.01);
  const answer = host.ask(7);
  const before = state(host);
  await host.store.close();
  assert.equal(state(new SmallHost(folder)), before);
  assert.equal(answersIn(2), [[7, answer]]);
});

test("a disk that is full only for the snapshot after a gap leaves nothing half begun", async () => {
  const calls = new FailingCalls();
  const host = await new SmallHost(folder, { calls }).start();
  host.join(0);
  await host.written();
  calls.isFull = true;
  host.ask(1);
  await host.written();
  const { write } = calls;
  calls.isFull = false;
  let writes = 0;
  // The probe goes through, and the segment's first lines; its snapshot does not.
  calls.write = (fd, bytes, offset, length, position, done) => {
    calls.isFull = ++writes > 1 && length > 500;
    write(fd, bytes, offset, length, position, done);
  };
  await host.tick(5);
  assert.is(host.store.status.isRecording, false);
  assert.equal(readdirSync(folder).sort(), ["000001.journal", "000001.snapshot"]);
  host.ask(2);
  calls.write = write;
  calls.isFull = false;
  await host.tick(5);
  assert.is(host.store.status.isRecording, true);
  assert.is(host.store.status.unrecorded, 2);
  assert.is(factsIn(headIn(host.store.status.segment)).gap?.unrecorded, 2);
  await host.store.close();
});

test("a snapshot that cannot be written leaves the one before it to begin with", async () => {
  const calls = new FailingCalls();
  const host = await new SmallHost(folder, { calls, rotateEvery: 10 }).start();
  host.join(0, 1);
  host.ask(1);
  await host.written();
  const { write } = calls;
  calls.write = (fd, bytes, offset, length, position, done) => {
    calls.isFull = Buffer.from(bytes).toString("latin1").startsWith("mirrorlab snapshot");
    write(fd, bytes, offset, length, position, done);
  };
  await host.tick(10);
  assert.is(host.store.status.segment, 2);
  assert.is(host.store.status.isRecording, true);
  assert.match(host.store.status.lastError ?? "", /ENOSPC/);
  host.ask(2);
  const before = state(host);
  await host.store.close();
  const again = await new SmallHost(folder).start();
  assert.is(again.restored?.kept, 1);
  assert.match(again.restored?.notes[0] ?? "", /000002.snapshot: it is missing; the one before/);
  assert.equal(state(again), before);
  assert.is(again.store.status.segment, 3);
  assert.equal(factsIn(headIn(3)).follows, { segment: 2, lines: 2 });
  await again.store.close();
});

test("short writes are whole lines in the end", async () => {
  const calls = new FailingCalls();
  calls.most = 7;
  const host = await new SmallHost(folder, { calls }).start();
  host.join(0, 1);
  for (let customer = 0; customer < 20; customer++) host.ask(customer);
  await host.written();
  assert.is(answersIn(1).length, 20);
  const before = state(host);
  await host.store.close();
  assert.equal(state(new SmallHost(folder)), before);
});

test("an event that changes what decides stands in the heads of later segments", async () => {
  const host = await new SmallHost(folder, { rotateEvery: 10 }).start();
  host.join(0, 1);
  const event: Event = { kind: "uplink-changed", at: 5, uplink: 777 };
  host.coordinator.changeUplink(777, event.at);
  await host.tick(10);
  assert.is(headIn(1).settings.uplink, 1e6);
  assert.is(headIn(2).settings.uplink, 777);
  await host.store.close();
});

test("before it is started and after it is closed, nobody waits", async () => {
  const host = new SmallHost(folder);
  let answered = 0;
  host.store.written(() => answered++);
  assert.is(host.store.status.isRecording, false);
  await host.start();
  await host.store.close();
  host.store.written(() => answered++);
  assert.is(answered, 2);
});

test.run();
