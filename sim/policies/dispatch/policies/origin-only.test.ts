import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView, replay } from "../../testing.ts";
import { SERVER } from "../dispatch.ts";
import { originOnly } from "./origin-only.ts";

test("an idle volunteer with the file changes nothing", () => {
  const { decide } = bind(originOnly);
  assert.equal(decide(dispatchView([candidate(0)]), replay([])), {
    to: SERVER,
    reason: "always the server",
  });
});

test.run();
