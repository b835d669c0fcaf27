import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "./engine.ts";

test("events fire by time, then in the order they were scheduled", () => {
  const engine = new Engine({ maxEvents: 10 });
  const log: string[] = [];
  const note = engine.kind("note", (subject) => log.push(`${subject} at ${engine.now}`));
  engine.at(2, note, 0);
  engine.at(1, note, 1);
  engine.at(2, note, 2);
  engine.run(3);
  assert.equal(log, ["1 at 1", "0 at 2", "2 at 2"]);
  assert.is(engine.now, 3);
  assert.is(engine.fired, 3);
});

test("an event may schedule another for the same instant; it fires last", () => {
  const engine = new Engine({ maxEvents: 10 });
  const log: number[] = [];
  const note = engine.kind("note", (subject) => {
    log.push(subject);
    if (subject === 0) engine.after(0, note, 9);
  });
  engine.at(1, note, 0);
  engine.at(1, note, 1);
  engine.run(1);
  assert.equal(log, [0, 1, 9]);
});

test("a cancelled event never fires; cancelling again, or too late, does nothing", () => {
  const engine = new Engine({ maxEvents: 10 });
  let fired = 0;
  const count = engine.kind("count", () => fired++);
  const ticket = engine.at(1, count, 0);
  engine.cancel(ticket);
  engine.cancel(ticket);
  const other = engine.at(2, count, 0);
  engine.drain();
  engine.cancel(other);
  assert.is(fired, 1);
});

test("the past and what is no time are rejected by name", () => {
  const engine = new Engine({ maxEvents: 10 });
  const tick = engine.kind("tick", () => {});
  engine.run(5);
  assert.throws(() => engine.at(4, tick, 0), /^time is in the past: 4 < 5 for tick$/);
  assert.throws(() => engine.after(Number.NaN, tick, 0), /^invalid time: NaN for tick$/);
  assert.throws(() => engine.after(1 / 0, tick, 0), /^invalid time: Infinity for tick$/);
});

test("a runaway model is stopped", () => {
  const engine = new Engine({ maxEvents: 100 });
  const again = engine.kind("again", () => void engine.after(0, again, 0));
  engine.at(0, again, 0);
  assert.throws(() => engine.run(1), /^more than 100 events by t=0$/);
});

test("the fingerprint tells one tie-break, one subject or one time from another", () => {
  const run = (...schedule: [time: number, subject: number][]) => {
    const engine = new Engine({ maxEvents: 10 });
    const tick = engine.kind("tick", () => {});
    for (const [time, subject] of schedule) engine.at(time, tick, subject);
    engine.drain();
    return engine.fingerprint.toString();
  };
  const reference = run([1, 1], [1, 2]);
  assert.is(run([1, 1], [1, 2]), reference);
  assert.is.not(run([1, 2], [1, 1]), reference);
  assert.is.not(run([1, 1], [1 + 1e-15, 2]), reference);
});

test.run();
