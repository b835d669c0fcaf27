import { test } from "uvu";
import * as assert from "uvu/assert";
import { compareVersions } from "../../traces/debian-version.ts";

// Debian Policy Manual, 5.6.12: the epoch first, a tilde before even the end of a part, letters
// before other characters, digits as numbers; and its own example of sorted parts.
test("versions sort as the policy has it", () => {
  const sorted = [
    ["~~", "~~a", "~", "", "a"],
    [
      "1.0~rc1-1",
      "1.0-1",
      "1.0-1+b1",
      "1.0-1+deb12u1",
      "1.0-2",
      "1.0a-1",
      "1.0+x-1",
      "1.2",
      "1.10",
    ],
    ["5.36.0-7+deb12u3", "5.36.0-7+deb12u4", "5.36.0-7+deb12u10"],
    ["140.12.0esr-1~deb12u1", "153.7.0esr-1~deb12u1", "1:140.12.0esr-1~deb12u1"],
  ];
  for (const versions of sorted) {
    for (const [i, left] of versions.entries()) {
      for (const [j, right] of versions.entries()) {
        const sign = Math.sign(compareVersions(left, right));
        assert.is(sign, Math.sign(i - j), `${left} and ${right}`);
      }
    }
  }
});

test.run();
