import { test } from "uvu";
import * as assert from "uvu/assert";
import { COLOURS } from "./theme.ts";

/** Contrast of two colours: WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("black on white is 21 to 1", () => {
  assert.is(contrast("#000000", "#ffffff"), 21);
});

for (const [mode, palette] of Object.entries(COLOURS)) {
  for (const text of ["ink", "quiet", "accent", "down", "better", "worse"] as const) {
    test(`${text} is readable on a ${mode} page and its panels`, () => {
      assert.ok(contrast(palette[text], palette.page) >= 4.5);
      assert.ok(contrast(palette[text], palette.panel) >= 4.5);
    });
  }
}

test.run();
