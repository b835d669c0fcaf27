import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../../engine/engine.ts";
import { streams } from "../../engine/random.ts";
import { Network } from "../network.ts";
import type { Route } from "../sites.ts";
import { ALL_CAUSES, type Cause, type Causes, FLUID } from "./causes.ts";
import { HANDLING } from "./handling.ts";
import { Connection, Http, RESPONSE_HEADER, type TransferSpec } from "./http.ts";
import { INITIAL_WINDOW } from "./slow-start.ts";
import { startupDelay } from "./transport.ts";

/** The fluid with these causes added. */
function only(...causes: Cause[]): Causes {
  return { ...FLUID, ...Object.fromEntries(causes.map((cause) => [cause, true])) };
}

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

/** A server that sends 1 MB/s to clients 40 ms away, and the times at which transfers end. */
function world(causes: Causes, { queue = 0, seed = 1 } = {}) {
  const engine = new Engine({ maxEvents: 10_000 });
  const network = new Network(engine);
  const http = new Http(engine, network, causes, streams(seed)("losses"));
  const link = network.addLink(1e6, { queue });
  const ends: number[] = [];
  const purpose = http.purpose((owner) => {
    ends[owner] = engine.now;
  });
  const way: Route = { data: [link], back: [], roundTrip: 0.04 };
  const get = (owner: number, bytes: number, spec: Partial<TransferSpec> = {}) =>
    http.start({ route: way, bytes, purpose, owner, ...spec });
  return { engine, network, http, link, ends, way, get };
}

/** Seconds of a single transfer. */
function alone(causes: Causes, bytes: number, spec: Partial<TransferSpec> = {}): number {
  const { engine, ends, get } = world(causes);
  get(0, bytes, spec);
  engine.drain();
  return ends[0];
}

test("without its causes a transfer is a fluid", () => {
  near(alone(FLUID, 1e6), 1);
});

test("a new connection and the request cost a round trip each", () => {
  near(alone(only("connection"), 1e6), 1 + 2 * 0.04);
});

test("a redirect costs two round trips to the machine that redirects", () => {
  const redirector = { data: [], back: [], roundTrip: 0.01 };
  near(alone(only("redirect"), 1e6, { redirector }), 1 + 2 * 0.01);
  near(alone(FLUID, 1e6, { redirector }), 1);
});

test("alone on an idle way, a transfer takes what the formula of the start-up says", () => {
  const causes = only("connection", "slowStart");
  for (const bytes of [1000, 14_480, 20_000, 50_000, 1e6]) {
    const startup = startupDelay(bytes, 1e6, 0.04, { redirected: false });
    near(alone(causes, bytes), startup + bytes / 1e6);
  }
});

test("the header of the response comes before the file", () => {
  near(alone(only("responseHeader"), 1e6), 1 + RESPONSE_HEADER / 1e6);
});

test("a receiver with room for 10,000 bytes gets no more in a round trip", () => {
  // Ten windows: nine whole round trips of 40 ms, then 10 ms for the last window.
  near(alone(only("receiveWindow"), 1e5, { receiveWindow: 10_000 }), 9 * 0.04 + 0.01);
  near(alone(FLUID, 1e5, { receiveWindow: 10_000 }), 0.1);
});

test("a connection that is kept alive saves its round trip and keeps its window", () => {
  const { engine, ends, get } = world(only("connection", "slowStart"));
  const connection = new Connection();
  get(0, INITIAL_WINDOW, { connection });
  const again = engine.kind("again", () => get(1, 2 * INITIAL_WINDOW, { connection }));
  engine.at(1, again, 0);
  engine.drain();
  near(ends[0], 0.08 + 0.01448);
  // Asleep for 0.9 s, more than three timeouts of 0.24 s, the window is back at its start: one window,
  // the rest of the round trip, one more.
  near(ends[1], 1 + 0.04 + 0.04 + 0.01448);
});

test("a window grown by the file before moves the next file in one go", () => {
  const { engine, ends, get } = world(only("connection", "slowStart"));
  const connection = new Connection();
  get(0, INITIAL_WINDOW, { connection });
  const again = engine.kind("again", () => get(1, 2 * INITIAL_WINDOW, { connection }));
  engine.at(0.2, again, 0);
  engine.drain();
  near(ends[1], 0.2 + 0.04 + 0.02896);
});

test("two who start alike and share a link end as in a fluid", () => {
  const { engine, ends, get } = world(only("connection"));
  get(0, 1e6);
  get(1, 1e6);
  engine.drain();
  near(ends[0], 2.08);
  near(ends[1], 2.08);
});

test("who asks while a queue stands full waits in it, twice for a new connection", () => {
  const causes = only("connection", "queueWait");
  const { engine, ends, get } = world(causes, { queue: 50_000 });
  get(0, 1e6); // From 0.08 on it fills the queue, 50 ms long.
  const later = engine.kind("later", () => get(1, 100_000));
  engine.at(0.5, later, 0);
  engine.drain();
  // Both round trips take 90 ms; from 0.68 on the two share, 100 kB in 0.2 s.
  near(ends[1], 0.5 + 2 * 0.09 + 0.2);
});

test("a queue that grows with its flow's window is a shorter wait than a full one", () => {
  const causes = only("connection", "queueWait", "windowGrowth");
  const { engine, network, link, ends, get } = world(causes, { queue: 50_000 });
  get(0, 1e6);
  let wait = 0;
  const later = engine.kind("later", () => {
    wait = network.windowQueueing([link]);
    get(1, 100_000);
  });
  engine.at(0.5, later, 0);
  engine.drain();
  assert.ok(wait > 0 && wait < 0.05, `${wait}`);
  near(ends[1], 0.5 + 2 * (0.04 + wait) + 0.2);
});

test("what the programs at both ends take comes before the file", () => {
  near(alone(only("handling"), 1e6), 1 + HANDLING);
  const redirector = { data: [], back: [], roundTrip: 0.01 };
  near(alone(only("handling"), 1e6, { redirector }), 1 + 2 * HANDLING);
  near(alone(only("handling"), 1e6, { processorWait: 0.003 }), 1.003 + HANDLING);
  near(alone(FLUID, 1e6, { processorWait: 0.003 }), 1);
});

test("short transfers lose in a full queue, and bring the same bytes later", () => {
  const short = (causes: Causes, seed: number) => {
    const { engine, network, link, ends, get } = world(causes, { queue: 50_000, seed });
    for (const owner of [0, 1, 2, 3, 4, 5]) get(owner, 1e6);
    const later = engine.kind("later", () => get(6, 10_000));
    engine.at(1, later, 0);
    engine.drain();
    near(network.carried(link), 6_010_000);
    return ends[6] - 1;
  };
  const times = [1, 2, 3, 4, 5].map((seed) => short(only("slowStart", "recovery"), seed));
  const without = short(only("slowStart"), 1);
  assert.ok(times.every((time) => time > without - 1e-9));
  assert.ok(Math.max(...times) > without + 0.04);
});

test("a kept connection that bursts its whole window loses what the queue cannot hold", () => {
  const { engine, ends, get } = world(only("slowStart", "recovery"), { queue: 100_000 });
  const connection = new Connection();
  get(0, 1e6, { connection }); // The window grows to 40 kB on the way and 100 kB in the queue.
  const again = engine.kind("again", (owner) => get(owner, 150_000, { connection }));
  engine.at(1.2, again, 1);
  engine.at(1.4, again, 2);
  engine.drain();
  near(ends[1], 1.2 + 0.15 + 0.04); // A burst of 140 kB is too much: a round trip more.
  near(ends[2], 1.4 + 0.15); // Seven tenths of it are not.
});

test("an aborted transfer that waits for a lost end had all that the links had moved", () => {
  const { engine, http, network, link, ends, get } = world(only("slowStart", "recovery"), {
    queue: 50_000,
  });
  for (const owner of [0, 1, 2, 3, 4, 5, 6, 7]) get(owner, 1e6);
  let left = 0;
  const ids: number[] = [];
  const later = engine.kind("later", () => {
    for (let owner = 8; owner < 28; owner++) ids.push(get(owner, 14_480));
  });
  const abort = engine.kind("abort", () => {
    for (const [at, id] of ids.entries()) if (!(8 + at in ends)) left += http.abort(id);
  });
  engine.at(1, later, 0);
  engine.at(1.5, abort, 0);
  engine.drain();
  assert.ok(ends.filter((end) => end !== undefined).length < 28);
  near(network.carried(link) / 1e6, (8e6 + 20 * 14_480 - left) / 1e6);
});

test("a shaper that was idle lets its burst through at once, and fills again while idle", () => {
  const { engine, http, network, link, ends, get } = world(only("burst"));
  http.buckets.add(link, 20_000);
  get(0, 50_000); // 20 kB at once, then 30 ms.
  const again = engine.kind("again", (owner) => get(owner, 10_000));
  engine.at(0.03, again, 1); // Nothing was saved up: 10 ms.
  engine.at(0.055, again, 2); // Idle for 15 ms: 10 of the 15 kB saved, at once.
  engine.drain();
  near(ends[0], 0.03);
  near(ends[1], 0.04);
  near(ends[2], 0.055);
  near(network.carried(link), 70_000);
});

test("an aborted transfer tells what had not arrived, in every phase", () => {
  const { engine, http, get } = world(only("connection", "slowStart"));
  const id = get(0, 1e6);
  const left: number[] = [];
  const abort = engine.kind("abort", () => left.push(http.abort(id)));
  engine.at(0.04, abort, 0);
  engine.run(1);
  const other = get(1, 1e6);
  const abortOther = engine.kind("abort other", () => left.push(http.abort(other)));
  engine.at(1.09, abortOther, 0); // 10 ms into the first window.
  engine.drain();
  assert.is(left[0], 1e6);
  near(left[1], 990_000);
});

test("luck with losses parts equal flows, the same way for the same seed", () => {
  const run = (causes: Causes, seed: number) => {
    const { engine, ends, get } = world(causes, { queue: 50_000, seed });
    for (const owner of [0, 1, 2, 3]) get(owner, 1e6);
    engine.drain();
    return ends;
  };
  const lucky = run(ALL_CAUSES, 1);
  assert.equal(lucky, run(ALL_CAUSES, 1));
  assert.not.equal(lucky, run(ALL_CAUSES, 2));
  const parted = run(only("lossLuck"), 1);
  assert.is(new Set(parted).size, 4);
  near(Math.max(...parted), 4); // Together they still take what the link takes for 4 MB.
  for (const end of run(FLUID, 1)) near(end, 4);
});

test.run();
