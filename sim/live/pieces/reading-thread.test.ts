import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readThrough } from "./reading.ts";
import type * as Built from "./reading-thread.ts";

// Threads run the built program: Node 20 starts none from TypeScript.
const script = new URL("../../../dist/live/pieces/reading-thread.js", import.meta.url).href;
const { ReadingThread } = (await import(script)) as typeof Built;

test("a thread reads one file after the other, and says what is wrong with one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-reading-"));
  const location = join(folder, "file");
  writeFileSync(location, Buffer.alloc(100_000, "abc"));
  const thread = new ReadingThread();
  try {
    const task = { kind: "pieces", files: [{ location, size: 100_000 }], length: 16_384 } as const;
    const blocks = { kind: "blocks", file: task.files[0], length: 700 } as const;
    const absent = { ...blocks, file: { location: join(folder, "absent"), size: 1 } };
    const answers = await Promise.all([task, absent, blocks].map((each) => thread.read(each)));
    assert.equal(answers[0], await readThrough(task));
    assert.ok("problem" in answers[1] && answers[1].problem.startsWith("ENOENT"));
    assert.equal(answers[2], await readThrough(blocks));
    await thread.close();
    assert.equal(await thread.read(task), answers[0]); // Another thread has begun.
    // Not even a file is given, which only a fault of ours could do.
    const faulty = { kind: "pieces", length: 1 } as unknown as typeof task;
    assert.is(await thread.read(faulty).catch(() => "died"), "died");
    assert.equal(await thread.read(task), answers[0]); // So it does when one has died.
  } finally {
    await thread.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
