import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { EventQueue, NO_TICKET, type Ticket } from "./event-queue.ts";
import { HeapQueue } from "./heap-queue.oracle.ts";
import { exponential, type Stream, streams } from "./random.ts";

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

/** Times that a queue of buckets could stumble over, seconds after `now`. */
const AHEAD: Readonly<Record<string, (random: Stream, now: number) => number>> = {
  uniform: (random) => random(),
  exponential: (random) => exponential(random, 1),
  "all equal": () => 0,
  "two instants": (random) => (random() < 0.5 ? 0 : 1),
  "two clusters far apart": (random) => (random() < 0.5 ? random() : 1e9 + random()),
  "bursts at full hours": (random, now) =>
    Math.ceil(now / 3600 + 5 * random()) * 3600 - now + (random() < 0.9 ? 0 : random()),
  "every scale": (random) => 2 ** (-1000 * random()),
  "a heavy tail": (random) => (1 - random()) ** -4,
  "neighbouring numbers": (random, now) => now * 2 ** -52 * Math.floor(4 * random()),
  "a crowd at one instant, others before and after": (random) =>
    random() < 0.8 ? 100 : 99 + 2 * random(),
  "never, now and then": (random) => (random() < 0.3 ? Number.POSITIVE_INFINITY : random()),
};

for (const [name, ahead] of Object.entries(AHEAD)) {
  test(`${name}: the order is the heap's, through growth, moves, cancels and decline`, () => {
    const random = streams(1)(`queue of ${name}`);
    for (const most of [3, 60, 5000]) compare(most, random, ahead);
  });
}

/** Lets both queues do the same with up to `most` entries, and then empties them. */
function compare(most: number, random: Stream, ahead: (random: Stream, now: number) => number) {
  const queue = new EventQueue();
  const heap = new HeapQueue();
  const tickets: { subject: number; queue: Ticket; heap: Ticket }[] = [];
  const isPending = new Set<number>();
  let now = 0;
  const popBoth = () => {
    if (random() < 0.5) assert.is(queue.nextTime, heap.nextTime);
    assert.is(queue.pop(), heap.pop());
    assert.is(queue.subject, heap.subject);
    assert.is(queue.time, heap.time);
    isPending.delete(queue.subject);
    now = Math.min(queue.time, Number.MAX_VALUE);
  };
  for (let step = 0; step < 6 * most; step++) {
    const roll = random();
    const chosen = tickets[Math.floor(random() * tickets.length)];
    if (heap.size < most && roll < (step < 3 * most ? 0.7 : 0.5)) {
      const time = now + ahead(random, now);
      const of = { queue: queue.push(time, 1, step), heap: heap.push(time, 1, step) };
      tickets.push({ subject: step, ...of });
      isPending.add(step);
    } else if (roll < 0.8 && chosen !== undefined && isPending.has(chosen.subject)) {
      const time = now + ahead(random, now);
      queue.move(chosen.queue, time);
      heap.move(chosen.heap, time);
    } else if (roll < 0.85 && chosen !== undefined) {
      assert.is(queue.cancel(chosen.queue), heap.cancel(chosen.heap));
      isPending.delete(chosen.subject);
    } else if (heap.size > 0) popBoth();
    assert.is(queue.size, heap.size);
  }
  while (heap.size > 0) popBoth();
  assert.not(queue.pop());
  assert.is(queue.nextTime, Number.POSITIVE_INFINITY);
}

test("a crowd at one instant ahead does not slow what comes before it", () => {
  // Were the crowd looked through for each of the others, this would take minutes.
  const queue = new EventQueue();
  const crowd = 200_000;
  for (let i = 0; i < crowd; i++) queue.push(1e6, 0, i);
  for (let i = 0; i < crowd; i++) {
    assert.is(queue.nextTime, i === 0 ? 1e6 : i);
    queue.push(i + 1, 1, i);
    if (i === 0) continue;
    assert.ok(queue.pop());
    assert.is(queue.time, i);
  }
  assert.ok(queue.pop());
  for (let i = 0; i < crowd; i++) {
    assert.ok(queue.pop());
    assert.is(queue.subject, i);
  }
});

test.run();
