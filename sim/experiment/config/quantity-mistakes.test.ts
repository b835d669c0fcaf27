/** Mistakes in times, sizes and rates, with the exact words in which they are reported. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { digest, type Mistake, minimalWith, problemsIn } from "./testing.ts";

const RATE_UNITS =
  "bit/s, kbit/s, Mbit/s, Gbit/s, B/s, kB/s, KiB/s, MB/s, MiB/s, GB/s, GiB/s, TB/s, TiB/s";

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a negative rate": {
    change: ["8 Mbit/s", "-8 Mbit/s"],
    says: ["5:21: invalid uplink: -8 Mbit/s; not in (0, ∞) bytes/s"],
  },
  "an infinite rate": {
    change: ["8 Mbit/s", ".inf"],
    says: ["5:21: invalid uplink: Infinity; expected a rate with its unit, such as 50 Mbit/s"],
  },
  "a rate without its unit": {
    change: ["8 Mbit/s", "20"],
    says: ["5:21: invalid uplink: 20; expected a rate with its unit, such as 20 Mbit/s"],
  },
  "a duration without its unit, in quotes": {
    change: ["{ file: access.log }", '{ file: access.log }\n  window: "1.5"'],
    says: ["13:11: invalid window: 1.5; expected a duration with its unit, such as 1.5 s"],
  },
  "a size without its unit, which is no number that people write": {
    change: ["count: 2,", "count: 2, disk: 1e9,"],
    says: ["7:34: invalid disk: 1000000000; expected a size with its unit, such as 1000000000 MB"],
  },
  "the mean of a law without its unit": {
    change: [
      "8 Mbit/s }",
      "8 Mbit/s, failures: { up: 3 h, down: { gamma: { mean: 3, shape: 2 } } } }",
    ],
    says: ["5:75: invalid mean: 3; expected a duration with its unit, such as 3 s"],
  },
  "the rate of a step without its unit": {
    change: ["8 Mbit/s }", "8 Mbit/s, background: { uplink: [{ at: 0, rate: 3 }] } }"],
    says: ["5:69: invalid rate: 3; expected a rate with its unit, such as 3 Mbit/s"],
  },
  "a list where a quantity belongs": {
    change: ["8 Mbit/s", "[8]"],
    says: ["5:21: uplink: expected a rate such as 50 Mbit/s; got a list"],
  },
  "an unknown unit, with the one that was meant": {
    change: ["8 Mbit/s", "8 Mbps"],
    says: [`5:21: unknown unit: Mbps; known: ${RATE_UNITS} = did you mean 'Mbit/s'?`],
  },
  "a unit of another dimension": {
    change: ["8 Mbit/s", "8 MB"],
    says: [`5:21: unknown unit: MB; known: ${RATE_UNITS} = did you mean 'MB/s'?`],
  },
  "a unit of bits or of bytes": {
    change: ["8 Mbit/s", "20 Mb"],
    says: [`5:21: unknown unit: Mb; known: ${RATE_UNITS} = Mbit/s or MB/s? a byte is 8 bits`],
  },
  "a param without its unit, which makes it no duplicate": {
    change: ["origin-only", "[tracker-informed: { memory: 600 }, tracker-informed]"],
    says: ["14:42: invalid memory: 600; expected a duration with its unit, such as 600 s"],
  },
  "a param in an unknown unit": {
    change: ["origin-only", "[tracker-informed: { memory: 2 days }]"],
    says: ["14:42: unknown unit: days; known: ms, s, min, h, d = did you mean 'd'?"],
  },
};

for (const [name, { change, says }] of Object.entries(MISTAKES)) {
  test(name, () => {
    assert.equal(problemsIn(minimalWith(...change)).map(digest), says);
  });
}

test.run();
