import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { dispatchView, known } from "../../testing.ts";
import { split } from "../testing.ts";
import { weighted } from "./weighted.ts";

test("each holder gets its weight's part of the draws", () => {
  const view = dispatchView([100, 300, 600].map((weight, node) => known(node, { weight })));
  assert.equal(split(bind(weighted), view, 10), [1, 3, 6]);
});

test.run();
