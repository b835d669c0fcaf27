import type { ResvgRenderOptions } from "@resvg/resvg-js";
import { InputError } from "../engine/input-error.ts";

/** Pixels for each pixel of the SVG: enough for print. */
const SCALE = 2;

/**
 * Where a font of the chart's list is not installed, the first of these is that is; of the same
 * fonts, the same SVG always gives the same bytes.
 */
const OPTIONS: ResvgRenderOptions = {
  fitTo: { mode: "zoom", value: SCALE },
  font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
};

/** A text that leaves no mark where there is no font. */
const PROBE = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16" font-family="sans-serif" font-size="16">M</text></svg>`;

/** Draws SVG texts as PNG, at twice their size. resvg is a native library: it is loaded here alone. */
export async function pngPainter(): Promise<(svg: string) => Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const painted = (svg: string) => new Resvg(svg, OPTIONS).render();
  if (painted(PROBE).pixels.every((value) => value === 0)) {
    throw new InputError(["--charts png: missing fonts; install one, such as fonts-dejavu-core"]);
  }
  return (svg) => painted(svg).asPng();
}
