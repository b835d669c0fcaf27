import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type CommitFailure, type FileCalls, GroupCommit } from "./group-commit.ts";
import { NODE_CALLS } from "./testing.ts";

/** A file whose writes end when the test says so: with so many bytes, or an error. */
function slowFile() {
  let text = "";
  const ends: ((outcome: number | Error) => void)[] = [];
  let left = 0;
  const calls: FileCalls = {
    write(_fd, bytes, offset, length, _position, done) {
      const piece = Buffer.from(bytes.subarray(offset, offset + length)).toString("latin1");
      left = length;
      ends.push((outcome) => {
        if (typeof outcome !== "number") return done(outcome, 0);
        text += piece.slice(0, outcome);
        done(null, outcome);
      });
    },
    fsync: (_fd, done) => done(null),
  };
  return {
    calls,
    get text() {
      return text;
    },
    get under() {
      return ends.length;
    },
    /** Bytes that the write under way is of. */
    left: () => left,
    end(outcome: number | Error) {
      const end = ends.shift();
      if (end === undefined) throw new Error("no write is under way");
      end(outcome);
    },
  };
}

function commitTo(calls: FileCalls, isHeld = false) {
  const failures: CommitFailure[] = [];
  let bytes = 0;
  const listener = {
    onWritten: (more: number) => {
      bytes += more;
    },
    onFailed: (failure: CommitFailure) => failures.push(failure),
  };
  const commit = new GroupCommit(1, calls, listener, isHeld);
  return { commit, failures, bytes: () => bytes };
}

test("one write is under way, and the next takes all that came meanwhile", async () => {
  const file = slowFile();
  const { commit, bytes } = commitTo(file.calls);
  const said: string[] = [];
  commit.line("a\n", 0);
  commit.line("b\n", 0);
  commit.written(() => said.push("b"));
  assert.is(file.under, 0);
  await turn();
  assert.is(file.under, 1);
  commit.written(() => said.push("b again"));
  commit.line("c\n", 0);
  commit.written(() => said.push("c"));
  commit.line("d\n", 0);
  await turn();
  assert.is(file.under, 1);
  assert.equal(said, []);
  file.end(4);
  assert.equal(said, ["b", "b again"]);
  assert.is(file.text, "a\nb\n");
  assert.is(file.under, 1, "the next begins at once");
  file.end(4);
  assert.equal(said, ["b", "b again", "c"]);
  assert.is(file.text, "a\nb\nc\nd\n");
  assert.is(bytes(), 8);
  commit.written(() => said.push("now"));
  assert.is(said.at(-1), "now");
});

test("who asks while others are called back is called after them", async () => {
  const file = slowFile();
  const { commit } = commitTo(file.calls);
  const said: string[] = [];
  commit.line("a\n", 0);
  commit.written(() => {
    said.push("1");
    commit.written(() => said.push("3"));
  });
  commit.written(() => said.push("2"));
  await turn();
  file.end(2);
  assert.equal(said, ["1", "2", "3"]);
});

test("a write that takes only a part is gone on with", async () => {
  const file = slowFile();
  const { commit } = commitTo(file.calls);
  let isWritten = false;
  commit.line("abcdef\n", 0);
  commit.written(() => {
    isWritten = true;
  });
  await turn();
  file.end(3);
  file.end(3);
  assert.is(isWritten, false);
  file.end(1);
  assert.is(isWritten, true);
  assert.is(file.text, "abcdef\n");
});

test("a write that fails is the last; all are answered, lines that stand there are not lost", async () => {
  const file = slowFile();
  const { commit, failures } = commitTo(file.calls);
  const said: number[] = [];
  commit.line("aa\n", 1);
  commit.line("bb\n", 2);
  commit.line("cc\n", 3);
  commit.written(() => said.push(1));
  await turn();
  commit.line("dd\n", 4);
  commit.written(() => said.push(2));
  file.end(4); // The first line, and a byte of the second.
  const full = new Error("ENOSPC: no space left on device, write");
  file.end(full);
  assert.equal(failures, [{ error: full, lost: 3, from: 1 }]);
  assert.equal(said, [1, 2]);
  assert.is(file.under, 0);
  assert.ok(commit.hasFailed);
  commit.written(() => said.push(3));
  assert.equal(said, [1, 2, 3]);
  assert.throws(() => commit.line("e\n", 5), /after a failure/);
});

test("a write of nothing is a failure, not a loop", async () => {
  const file = slowFile();
  const { commit, failures } = commitTo(file.calls);
  commit.line("a\n", 7);
  await turn();
  file.end(0);
  assert.match(failures[0].error.message, /wrote nothing/);
  assert.is(failures[0].lost, 1);
});

test("ended from outside, it waits for the write under way, whose lines are kept", async () => {
  const file = slowFile();
  const { commit, failures } = commitTo(file.calls);
  const said: string[] = [];
  commit.line("a\n", 1);
  commit.written(() => said.push("a"));
  await turn();
  commit.line("b\n", 2);
  commit.written(() => said.push("b"));
  const error = new Error("fsync");
  commit.fail(error);
  assert.ok(commit.hasFailed);
  assert.equal(said, []);
  file.end(2);
  assert.equal(said, ["a", "b"]);
  assert.equal(failures, [{ error, lost: 1, from: 2 }]);
  commit.fail(new Error("again"));
  assert.is(failures.length, 1);
});

test("ended before its first write, nothing is written", async () => {
  const file = slowFile();
  const { commit, failures } = commitTo(file.calls);
  commit.line("a\n", 5);
  commit.fail(new Error("x"));
  await turn();
  assert.is(file.under, 0);
  assert.is(failures[0].lost, 1);
  assert.is(failures[0].from, 5);
});

test("held, it neither writes nor calls back; released, in order", async () => {
  const file = slowFile();
  const { commit } = commitTo(file.calls, true);
  const said: string[] = [];
  commit.written(() => said.push("nothing"));
  commit.line("a\n", 0);
  commit.written(() => said.push("a"));
  await turn();
  assert.is(file.under, 0);
  assert.equal(said, []);
  commit.release();
  file.end(2);
  assert.equal(said, ["nothing", "a"]);

  const empty = commitTo(slowFile().calls, true).commit;
  empty.written(() => {
    said.push("1");
    empty.line("x\n", 0);
    empty.written(() => said.push("too early"));
  });
  empty.written(() => said.push("2"));
  empty.release();
  assert.equal(said.slice(2), ["1", "2"]);
});

test("lines are in order, whole and called back for once, whatever the file takes at a time", async () => {
  const steps = fc.array(
    fc.oneof(fc.constant("line"), fc.constant("written"), fc.integer({ min: 1, max: 9 })),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const file = slowFile();
      const { commit } = commitTo(file.calls);
      let handed = "";
      let asked = 0;
      const answered: number[] = [];
      for (const step of all) {
        if (step === "line") {
          const line = `${handed.length}\n`;
          handed += line;
          commit.line(line, 0);
        } else if (step === "written") {
          const [number, upTo] = [asked++, handed];
          commit.written(() => {
            assert.ok(file.text.startsWith(upTo));
            answered.push(number);
          });
        } else {
          await turn();
          if (file.under > 0) file.end(Math.min(Number(step), file.left()));
        }
      }
      await turn();
      while (file.under > 0) file.end(file.left());
      assert.is(file.text, handed);
      assert.equal(answered, [...answered.keys()]);
      assert.is(answered.length, asked);
    }),
    { numRuns: 200 },
  );
});

test("with writes that end at once, a turn of the event loop makes a group, in order", async () => {
  const groups: string[] = [];
  const calls: FileCalls = {
    write(_fd, bytes, offset, length, _position, done) {
      groups.push(Buffer.from(bytes.subarray(offset, offset + length)).toString("latin1"));
      done(null, length);
    },
    fsync: (_fd, done) => done(null),
  };
  const { commit, bytes } = commitTo(calls);
  const said: string[] = [];
  commit.line("a\n", 0);
  commit.written(() => {
    said.push("a");
    commit.line("c\n", 0);
    commit.written(() => said.push("c"));
  });
  commit.line("b\n", 0);
  commit.written(() => said.push("b"));
  assert.equal(groups, []);
  await turn();
  assert.equal([groups, said], [["a\nb\n"], ["a", "b"]]);
  await turn();
  assert.equal(
    [groups, said],
    [
      ["a\nb\n", "c\n"],
      ["a", "b", "c"],
    ],
  );
  assert.is(bytes(), 6);

  const held = commitTo(calls, true).commit;
  held.line("d\n", 0);
  held.written(() => said.push("d"));
  held.release();
  assert.is(said.at(-1), "d");
});

test("a full device is told by what the system says of it", async () => {
  if (!existsSync("/dev/full")) return;
  const fd = openSync("/dev/full", "w");
  const failures: CommitFailure[] = [];
  const listener = { onWritten: () => {}, onFailed: (each: CommitFailure) => failures.push(each) };
  const commit = new GroupCommit(fd, NODE_CALLS, listener);
  commit.line("a\n", 3);
  await new Promise<void>((resolve) => commit.written(resolve));
  closeSync(fd);
  assert.is(failures[0].error.code, "ENOSPC");
  assert.is(failures[0].lost, 1);
});

test("what is written stands in the file when it is called back", async () => {
  const room = mkdtempSync(join(tmpdir(), "mirrorlab-commit-"));
  const path = join(room, "lines");
  const fd = openSync(path, "w");
  const commit = new GroupCommit(fd, NODE_CALLS, { onWritten: () => {}, onFailed: () => {} });
  const long = `${"x".repeat(100_000)}\n`; // More than the first buffer has room for.
  commit.line(long, 0);
  await new Promise<void>((resolve) => commit.written(resolve));
  assert.is(readFileSync(path, "latin1"), long);
  assert.ok(commit.hasUnsynced);
  await new Promise<void>((resolve) => commit.sync(() => resolve()));
  assert.not(commit.hasUnsynced);
  closeSync(fd);
  rmSync(room, { recursive: true });
});

test.run();
