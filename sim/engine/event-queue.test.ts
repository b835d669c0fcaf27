import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { EventQueue, NO_TICKET } from "./event-queue.ts";

/** The plain version: a stable sort of what is pending. */
class Oracle {
  readonly #pending: { time: number; subject: number }[] = [];
  push(time: number, subject: number): void {
    this.#pending.push({ time, subject });
  }
  pop(): number | undefined {
    const next = this.#pending.toSorted((a, b) => a.time - b.time)[0];
    if (next !== undefined) this.#pending.splice(this.#pending.indexOf(next), 1);
    return next?.subject;
  }
  has(subject: number): boolean {
    return this.#pending.some((entry) => entry.subject === subject);
  }
  move(subject: number, time: number): void {
    if (this.cancel(subject)) this.push(time, subject);
  }
  cancel(subject: number): boolean {
    const at = this.#pending.findIndex((entry) => entry.subject === subject);
    if (at >= 0) this.#pending.splice(at, 1);
    return at >= 0;
  }
}

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant("push"), time: fc.nat(7) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("pop"), time: fc.nat(7) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel"), time: fc.nat(40) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("move"), time: fc.nat(40) }) },
  ),
  { maxLength: 300 },
);

test("pops exactly as a stable sort by time would, with pushes, pops and cancels interleaved", () => {
  fc.assert(
    fc.property(steps, (script) => {
      const queue = new EventQueue();
      const oracle = new Oracle();
      const tickets: number[] = [];
      for (const step of script) {
        if (step.do === "push") {
          oracle.push(step.time, tickets.length);
          tickets.push(queue.push(step.time, 3, tickets.length));
        } else if (step.do === "pop") {
          const expected = oracle.pop();
          assert.is(queue.pop() ? queue.subject : undefined, expected);
        } else if (step.do === "move") {
          const subject = step.time;
          if (oracle.has(subject)) queue.move(tickets[subject], (3 * subject) % 8);
          oracle.move(subject, (3 * subject) % 8);
        } else {
          const ticket = tickets[step.time] ?? NO_TICKET;
          assert.is(queue.cancel(ticket), oracle.cancel(step.time));
        }
      }
      for (let next = oracle.pop(); next !== undefined; next = oracle.pop()) {
        assert.ok(queue.pop());
        assert.is(queue.subject, next);
        assert.is(queue.kind, 3);
      }
      assert.not(queue.pop());
      assert.is(queue.size, 0);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("a ticket names one event only, though its place is used again", () => {
  const queue = new EventQueue();
  const first = queue.push(1, 0, 0);
  queue.pop();
  queue.push(2, 0, 1);
  assert.not(queue.cancel(first));
  assert.is(queue.size, 1);
});

test("grows to many pending events and keeps their order", () => {
  const queue = new EventQueue();
  for (let i = 0; i < 100_000; i++) queue.push((i * 7919) % 1000, 0, i);
  let last = -1;
  let lastSubject = -1;
  while (queue.pop()) {
    assert.ok(queue.time > last || (queue.time === last && queue.subject > lastSubject));
    last = queue.time;
    lastSubject = queue.subject;
  }
});

test.run();
