import { test } from "uvu";
import * as assert from "uvu/assert";
import { fluidTime, STEADY, swarmTime } from "./qiu-srikant.ts";

test("the fluid's time is the paper's: what peers upload, or what they can download", () => {
  // λ = 1/s, μ = 0.00125, c = 0.002, η = 1, of a file of one byte: T = 500 s with γ = 0.001, and
  // 1/μ − 1/γ = 800 − 200 = 600 s with γ = 0.005.
  const one = { ...STEADY, size: 1, gap: 1, up: 0.00125, down: 0.002, origin: 0 };
  assert.is(fluidTime({ ...one, stays: 1000 }, 1), 500);
  assert.is(fluidTime({ ...one, stays: 200 }, 1), 600);
  assert.is(fluidTime({ ...one, stays: 200 }, 0.8), 750);
  // An origin of 0.0005 bytes/s sends that much for each peer, who lack 0.0005 / 0.00125 = 0.4 s.
  assert.ok(Math.abs(fluidTime({ ...one, origin: 0.0005, stays: 200 }, 1) - 599.6) < 1e-9);
});

test("peers that stay spare each other about as many seconds as they stay", () => {
  const few = { ...STEADY, arrivals: 60 };
  const [none, some] = [0, 20].map((stays) => swarmTime({ ...few, stays }));
  const { size, up } = STEADY;
  assert.ok(none > fluidTime({ ...few, stays: 0 }, 1) && none < (1.5 * size) / up, `${none}`);
  assert.ok(none - some > 12 && none - some < 28, `${none} − ${some}`);
});

test.run();
