import { test } from "uvu";
import * as assert from "uvu/assert";
import { WIRE_EFFICIENCY } from "../../network/http/transport.ts";
import { rsyncSeconds, SESSION_ROUND_TRIPS } from "./session.ts";

test("signature and delta follow one another", () => {
  const link = { up: 125_000 / WIRE_EFFICIENCY, down: 1_250_000 / WIRE_EFFICIENCY, rtt: 0 };
  const seconds = rsyncSeconds({ upBytes: 125_000, downBytes: 2_500_000 }, link, 0.5);
  assert.ok(Math.abs(seconds - (0.5 + 1 + 2)) < 1e-12);
});

test("a session takes ten round trips of its own", () => {
  assert.is(SESSION_ROUND_TRIPS, 10);
  const link = { up: 1e6, down: 1e6, rtt: 0 };
  const bytes = { upBytes: 10, downBytes: 10 };
  const near = rsyncSeconds(bytes, link, 0);
  const far = rsyncSeconds(bytes, { ...link, rtt: 0.04 }, 0);
  assert.ok(Math.abs(far - near - 0.4) < 1e-12);
});

test.run();
