import { getEventListeners } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { Crew, type PoolOptions, runOnThreads } from "./pool.ts";
import { Interrupted, Unfinished } from "./unfinished.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-pool-"));
});
test.after.each(() => rmSync(room, { recursive: true }));

/** A thread that squares numbers, and before it does what `body` says of `task`. */
function squaring(body: string): URL {
  const script = join(room, "worker.mjs");
  writeFileSync(
    script,
    `import { existsSync, writeFileSync } from "node:fs";
    import { parentPort, workerData } from "node:worker_threads";
    const once = (name) => {
      const mark = workerData + "/" + name;
      if (existsSync(mark)) return false;
      writeFileSync(mark, "");
      return true;
    };
    parentPort.on("message", (task) => {
      ${body}
      parentPort.postMessage({ result: task * task });
    });`,
  );
  return pathToFileURL(script);
}

function run(body: string, options: Partial<PoolOptions<number, number>> = {}) {
  const retries: string[] = [];
  const results = runOnThreads<number, number>({
    ...{ script: squaring(body), data: room, tasks: [3, 4, 5, 6], threads: 2 },
    onResult() {},
    onRetry: (index, reason) => retries.push(`${index}: ${reason}`),
    ...options,
  });
  return { results, retries };
}

async function failure(results: Promise<unknown>): Promise<unknown> {
  return results.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("results come in the order of the tasks, with any number of threads", async () => {
  for (const threads of [1, 3, 9]) {
    assert.equal(await run("", { threads }).results, [9, 16, 25, 36]);
  }
  assert.equal(await run("", { tasks: [] }).results, []);
});

test("a thread that dies twice at a task is replaced, and the results are the same", async () => {
  const dies = 'if (task === 5 && (once("a") || once("b"))) process.exit(3);';
  const { results, retries } = run(dies);
  assert.equal(await results, [9, 16, 25, 36]);
  assert.equal(retries, ["2: it ended with code 3", "2: it ended with code 3"]);
});

test("an error outside of a task's answer, as of too little memory, counts as a death", async () => {
  const { results, retries } = run('if (task === 4 && once("a")) throw new Error("no memory");');
  assert.equal(await results, [9, 16, 25, 36]);
  assert.equal(retries, ["1: no memory"]);
});

test("a task whose threads keep dying ends the pool; what came before was told", async () => {
  const told: number[] = [];
  const onResult = (index: number) => told.push(index);
  const { results, retries } = run("if (task === 6) process.exit(3);", { threads: 1, onResult });
  const error = await failure(results);
  assert.instance(error, Unfinished);
  assert.match(String(error), /died 3 times .*code 3/);
  assert.is(retries.length, 2);
  assert.equal(told, [0, 1, 2]);
});

test("what a task throws would be thrown again: it ends the pool at once", async () => {
  const answer = (text: string) => `if (task === 4) return parentPort.postMessage(${text});`;
  const wrong = run(answer('{ problems: ["wrong"] }'));
  assert.instance(await failure(wrong.results), InputError);
  const full = run(answer('{ unfinished: "no room is left" }'));
  const told = await failure(full.results);
  assert.ok(told instanceof Unfinished && told.message === "no room is left");
  const fault = run(answer('{ error: "stack" }'));
  assert.match(String(await failure(fault.results)), "stack");
  assert.equal([...wrong.retries, ...full.retries, ...fault.retries], []);
});

test("threads of a crew go on to the next pool, with its data", async () => {
  const script = join(room, "crew.mjs");
  writeFileSync(
    script,
    `import { parentPort, threadId, workerData } from "node:worker_threads";
    let data = workerData;
    parentPort.on("message", (message) => {
      if (message.renewed !== undefined) data = message.renewed;
      else parentPort.postMessage({ result: [threadId, data + message] });
    });`,
  );
  const crew = new Crew();
  const pool = (data: number) =>
    runOnThreads<number, readonly [thread: number, sum: number]>({
      ...{ script: pathToFileURL(script), data, tasks: [1, 2, 3], threads: 1, crew },
      onResult() {},
      onRetry() {},
    });
  const [first, second] = [await pool(10), await pool(20)];
  assert.equal(
    [...first, ...second].map(([, sum]) => sum),
    [11, 12, 13, 21, 22, 23],
  );
  assert.is(second[0][0], first[0][0]);
  await crew.end();
  const [[thread]] = await pool(30);
  assert.is.not(thread, first[0][0]);
  await crew.end();
});

test("a pool that has ended listens to its signal no more", async () => {
  const { signal } = new AbortController();
  assert.equal(await run("", { signal }).results, [9, 16, 25, 36]);
  assert.is(getEventListeners(signal, "abort").length, 0);
});

test("a signal ends the pool, also one that was given before", async () => {
  const controller = new AbortController();
  const onResult = () => controller.abort();
  const { signal } = controller;
  const forever = "if (task > 3) for (;;) {}";
  assert.instance(await failure(run(forever, { signal, onResult }).results), Interrupted);
  assert.instance(await failure(run("", { signal }).results), Interrupted);
});

test.run();
