import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import { rendezvous } from "./rendezvous.ts";

const { decide } = bind(rendezvous);
const all = [1e6, 1e6, 2e6].map((uplink, node) => candidate(node, { uplink }));
const ownerOf = (file: number, among = all) =>
  among[decide(dispatchView(among, { file }), replay([])).to].node;
const files = Array.from({ length: 20_000 }, (_, file) => file);

test("files are shared out by uplink", () => {
  const owned = [0, 1, 2].map((node) => files.filter((file) => ownerOf(file) === node).length);
  // Shares 1/4, 1/4, 1/2 of 20000; a binomial's standard deviation is at most 71.
  for (const [node, share] of [0.25, 0.25, 0.5].entries()) {
    assert.ok(Math.abs(owned[node] - share * files.length) < 4 * 71, `${owned}`);
  }
});

test("who leaves hands on its own files, and no other file moves", () => {
  for (const file of files.slice(0, 1000)) {
    const owner = ownerOf(file);
    if (owner !== 0) assert.is(ownerOf(file, all.slice(1)), owner);
  }
});

test.run();
