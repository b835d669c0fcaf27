import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { colourless, root } from "../cli/testing.ts";
import { Coordinator, type Event } from "../coordinator/index.ts";

const text = readFileSync(new URL("../coordinator/README.md", import.meta.url), "utf8");

test("the example runs as it stands, on the module that is built", () => {
  const [, code] = /```js\n([\s\S]*?)```/.exec(text) ?? [];
  const options = { cwd: root, env: colourless, encoding: "utf8" } as const;
  const command = ["--input-type=module", "--eval", code];
  const { stdout, stderr } = spawnSync(process.execPath, command, options);
  assert.is(stdout, "redirect 0 least delay, then least share\naudit 0 0\n0 true\n", stderr);
});

test("every event and every call stands in it", () => {
  const kinds: Readonly<Record<Event["kind"], true>> = {
    ...{ "file-added": true, "file-changed": true, "file-removed": true, registered: true },
    ...{ announced: true, left: true, located: true, asked: true, complained: true },
    ...{ "delivery-began": true, "delivery-ended": true, audited: true, probed: true },
    ...{ "sync-asked": true, "sync-paced": true, "sync-began": true, ticked: true },
    ...{ doubted: true, "uplink-changed": true, "dispatch-changed": true },
  };
  const calls = Object.getOwnPropertyNames(Coordinator.prototype);
  const others = ["constructor", "bytes"];
  for (const name of [...Object.keys(kinds), ...calls]) {
    if (!others.includes(name)) assert.ok(text.includes(`\`${name}\``), name);
  }
});

test.run();
