import { EventQueue } from "../engine/event-queue.ts";
import { HeapQueue } from "../engine/heap-queue.oracle.ts";
import { type Stream, streams } from "../engine/random.ts";

const PENDING = 100_000;
const OPERATIONS = 300_000;

/** Times that queues of buckets are slow with, seconds ahead. */
const AHEAD: Readonly<Record<string, (random: Stream, now: number) => number>> = {
  equal: () => 1,
  clusters: (random) => (random() < 0.5 ? random() : 1e6 + random()),
  bursts: (random, now) => 3600 * (Math.floor(now / 3600) + 1 + Math.floor(5 * random())) - now,
  heavyTail: (random) => (1 - random()) ** -4,
  scales: (random) => 2 ** (-40 * random()),
  crowd: (random) => (random() < 0.8 ? 100 : 99 + 2 * random()),
};

/** How many times as fast as the heap, for each of the distributions that are bad for buckets. */
export function worstHoldOverHeap(): Record<string, number> {
  return Object.fromEntries(
    Object.entries(AHEAD).map(([name, ahead]) => {
      const seconds = [new HeapQueue(), new EventQueue()].map((queue) => held(queue, ahead));
      return [`hold.${name}.overHeap`, seconds[0] / seconds[1]];
    }),
  );
}

function held(queue: EventQueue | HeapQueue, ahead: (random: Stream, now: number) => number) {
  const random = streams(1)("bench: worst hold");
  for (let id = 0; id < PENDING; id++) queue.push(ahead(random, 0), 0, id);
  const start = process.cpuUsage();
  for (let i = 0; i < OPERATIONS; i++) {
    queue.pop();
    queue.push(queue.time + ahead(random, queue.time), 0, queue.subject);
  }
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
