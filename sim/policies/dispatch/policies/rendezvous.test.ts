import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import { rendezvous } from "./rendezvous.ts";

const all = [1e6, 1e6, 2e6].map((uplink, node) => candidate(node, { uplink }));
const ownersBy = (byUplink: number) => {
  const { decide } = bind(rendezvous, { byUplink });
  return (file: number, among = all) =>
    among[decide(dispatchView(among, { file }), replay([])).to].node;
};
const files = Array.from({ length: 20_000 }, (_, file) => file);

test("files are shared out evenly, or by uplink", () => {
  const expected = [
    [1 / 3, 1 / 3, 1 / 3],
    [1 / 4, 1 / 4, 1 / 2],
  ];
  for (const [byUplink, shares] of expected.entries()) {
    const owners = files.map((file) => ownersBy(byUplink)(file));
    for (const [node, share] of shares.entries()) {
      const owned = owners.filter((owner) => owner === node).length;
      // A binomial's standard deviation is at most 71.
      assert.ok(Math.abs(owned - share * files.length) < 4 * 71, `${byUplink}, ${node}: ${owned}`);
    }
  }
});

test("who leaves hands on its own files, and no other file moves", () => {
  for (const byUplink of [0, 1]) {
    const ownerOf = ownersBy(byUplink);
    for (const file of files.slice(0, 1000)) {
      const owner = ownerOf(file);
      if (owner !== 0) assert.is(ownerOf(file, all.slice(1)), owner);
    }
  }
});

test.run();
