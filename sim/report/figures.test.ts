import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../engine/input-error.ts";
import { figureFormats } from "./figure-format.ts";
import { reportFigures } from "./figures.ts";
import { pngPainter } from "./png.ts";
import { crowdedReport, exampleReport } from "./testing.ts";

const PNG_START = "\x89PNG\r\n\x1a\n";

/** Width and height in the header of a PNG: W3C PNG, section 11.2.1. */
function sizeOf(png: Uint8Array): number[] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

test("formats are taken as typed, and all that are not known are told", () => {
  assert.equal(figureFormats("svg"), ["svg"]);
  assert.equal(figureFormats("png, svg"), ["svg", "png"]);
  assert.throws(
    () => figureFormats("jpg,svg,"),
    (error: unknown) =>
      error instanceof InputError &&
      error.problems.join("\n") ===
        "--charts: unknown format: jpg; known: svg, png\n--charts: unknown format: (none); known: svg, png",
  );
});

test("a figure is written in the formats that are asked for, PNG at twice the size", async () => {
  const { busy, metrics, policies, ...rest } = exampleReport();
  const nothing = { serverRate: [], visits: [], delay: [], load: [], backlog: [], syncDays: [] };
  const isTime = ({ name }: { readonly name: string }) => name.startsWith("time.");
  const few = { ...rest, ...nothing, policies, busy: [], decisions: [], beliefs: [] };
  const told = metrics.filter((metric) => !isTime(metric));
  const files = await reportFigures({ ...few, metrics: told }, ["svg", "png"]);
  assert.equal([...files.keys()], ["trade-off.svg", "trade-off.png"]);
  const png = files.get("trade-off.png") as Uint8Array;
  assert.is(Buffer.from(png.subarray(0, 8)).toString("latin1"), PNG_START);
  const [, width, height] =
    /width="(\d+)" height="(\d+)"/.exec(String(files.get("trade-off.svg"))) ?? [];
  assert.equal(sizeOf(png), [2 * Number(width), 2 * Number(height)]);
});

test("texts are drawn in PNG, and the same SVG gives the same bytes", async () => {
  const paint = await pngPainter();
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text x="5" y="20" font-family='system-ui, "Segoe UI", "DejaVu Sans", sans-serif'>${text}</text></svg>`;
  assert.equal(paint(svg("random")), paint(svg("random")));
  assert.not.equal(paint(svg("random")), paint(svg("weighted")));
  assert.not.equal(paint(svg("random")), paint(svg("")));
});

test("a file's legend names the policies in colour, and no others", async () => {
  const files = await reportFigures(crowdedReport());
  const svg = String(files.get("server-rate.svg"));
  assert.match(svg, ">tracker-informed<");
  assert.not.match(svg, ">other-1<");
});

test("a figure has the same bytes however many were drawn before it", async () => {
  const files = await reportFigures(exampleReport());
  assert.match(String(files.get("trade-off.svg")), 'id="clip1"');
  assert.equal(await reportFigures(exampleReport()), files);
});

test("a chart with a choice says in its file what was chosen", async () => {
  const files = await reportFigures(exampleReport());
  assert.match(String(files.get("busy.svg")), ">random<");
});

test.run();
