import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { candidate, dispatchView } from "../../testing.ts";
import { split } from "../testing.ts";
import { idleBandwidth } from "./idle-bandwidth.ts";

test("holders are drawn by what the report leaves idle, and at least a tenth", () => {
  const view = dispatchView([
    candidate(0, { uplink: 10e6, uploadRate: 4e6 }), // 6 MB/s idle.
    candidate(1, { uplink: 10e6, uploadRate: 8e6 }), // 2 MB/s idle.
    candidate(2, { uplink: 20e6, uploadRate: 20e6 }), // None, so a tenth of 20 MB/s.
  ]);
  assert.equal(split(bind(idleBandwidth), view, 10), [6, 2, 2]);
});

test.run();
