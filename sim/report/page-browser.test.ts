/** Opens the page as readers do: from a disk, in a browser, on wide and narrow screens. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { reportPage } from "./page.ts";
import { crowdedReport, exampleReport, variedReport } from "./testing.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const WIDTHS = [400, 1400] as const;
const SCHEMES = ["light", "dark"] as const;

interface Opened {
  readonly page: Page;
  /** Requests beyond the page itself, and whatever went wrong in it. */
  readonly surprises: string[];
}

const browserTests = suite<{ browser: Browser; folder: string }>("page in a browser");
const test = existsSync(CHROMIUM) ? browserTests : browserTests.skip;
if (!existsSync(CHROMIUM)) {
  console.log(`\nskipped: the tests in a browser; no Chromium at ${CHROMIUM} (set CHROMIUM)`);
}

browserTests.before(async (context) => {
  if (!existsSync(CHROMIUM)) return;
  context.folder = mkdtempSync(join(tmpdir(), "mirrorlab-report-"));
  writeFileSync(join(context.folder, "report.html"), reportPage(exampleReport()));
  writeFileSync(join(context.folder, "varied.html"), reportPage(variedReport()));
  writeFileSync(join(context.folder, "crowded.html"), reportPage(crowdedReport()));
  context.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});

browserTests.after(async ({ browser, folder }) => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

for (const width of WIDTHS) {
  for (const colorScheme of SCHEMES) {
    test(`draws every chart at ${width} pixels in ${colorScheme}, alone and without errors`, async (context) => {
      const { page, surprises } = await open(context, width, colorScheme);
      assert.equal(surprises, []);
      assert.is(await page.locator("figure .chart svg").count(), 11);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.is(overflow, 0);
      await page.close();
    });
  }
}

test("the policy filter hides a policy in charts and table, and shows it again", async (context) => {
  const { page, surprises } = await open(context, 1400, "light");
  const lines = page.locator("#server-rate .mark-line path");
  const columns = page.locator("table:has([data-cell]) thead th:visible");
  assert.equal([await lines.count(), await columns.count()], [5, 6]);
  assert.is(await page.locator("#server-rate .role-legend").count(), 0); // The figures have their own.

  await page.getByRole("checkbox", { name: "random" }).uncheck();
  assert.equal([await lines.count(), await columns.count()], [4, 5]);

  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal([await lines.count(), await columns.count()], [5, 6]);
  assert.equal(surprises, []);
  await page.close();
});

for (const width of WIDTHS) {
  test(`the machines are drawn at ${width} pixels, once, within the page and large enough to read`, async (context) => {
    const { page } = await open(context, width, "dark");
    const drawing = page.locator(".topology svg:visible");
    assert.is(await drawing.count(), 1);
    assert.is(await drawing.getAttribute("class"), width === 400 ? "narrow" : "wide");
    const box = await drawing.boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.x + box.width <= width);
    assert.ok((await page.evaluate<number>(SCALE)) >= 0.95); // Of letters of 12.5 pixels.
    assert.equal(await page.evaluate(TEXTS_OUTSIDE), []);
    await page.close();
  });
}

for (const width of WIDTHS) {
  test(`a varied report draws every chart at ${width} pixels`, async (context) => {
    const { page, surprises } = await open(context, width, "light", "varied.html");
    assert.equal(surprises, []);
    assert.is(await page.locator("figure .chart svg").count(), 13);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert.is(overflow, 0);
    await page.close();
  });
}

test("levels are filtered in single cells, policies everywhere", async (context) => {
  const { page, surprises } = await open(context, 1400, "light", "varied.html");
  const lines = page.locator("#server-rate .mark-line path");
  const points = page.locator("#along-1 .mark-symbol path");
  const shades = page.locator("#levels .mark-rect path");
  // 5 policies at the first levels; 6 metrics, one of them without the baseline, at 4 places each.
  const counts = async () => [await lines.count(), await points.count(), await shades.count()];
  const across = 6 * 5 * 4 - 4;
  assert.equal(await counts(), [5, across, 20]);

  await page.getByRole("checkbox", { name: "1 h" }).check();
  assert.equal(await counts(), [10, across, 20]);

  await page.getByRole("checkbox", { name: "random" }).uncheck();
  assert.equal(await counts(), [8, across - 24, 16]);

  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal(await counts(), [20, across, 20]);
  assert.equal(surprises, []);
  await page.close();
});

test("a saved chart names only what is shown", async (context) => {
  const { page } = await open(context, 1400, "light", "varied.html");
  await page.getByRole("checkbox", { name: "random" }).uncheck();
  for (const chart of ["along-1", "server-rate"]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(`#${chart} [data-export=svg]`).click(),
    ]);
    const svg = readFileSync(await download.path(), "utf8");
    assert.match(svg, "tracker-informed");
    assert.not.match(svg, ">random<");
    assert.not.match(svg, "+ random<");
    assert.not.match(svg, "crowd large +");
  }
  await page.close();
});

test("the charts follow a change between light and dark, and keep the filter", async (context) => {
  const { page, surprises } = await open(context, 1400, "light");
  await page.getByRole("checkbox", { name: "random" }).uncheck();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForSelector('body[data-charts="dark"]');
  assert.is(await page.locator("#server-rate .mark-line path").count(), 4);
  assert.is(await page.locator("figure .chart svg").count(), 11);
  assert.equal(surprises, []);
  await page.close();
});

test("a pointer reads off all policies at a time", async (context) => {
  const { page } = await open(context, 1400, "light");
  await page.locator("#server-rate .chart svg").hover({ position: { x: 400, y: 150 } });
  const tooltip = await page.locator("#vg-tooltip-element").innerText();
  for (const policy of exampleReport().policies) assert.match(tooltip, policy);
  assert.match(tooltip, /\d Mbit\/s/);
  await page.close();
});

test("of many policies a few are in colour and the others in grey, until the reader chooses", async (context) => {
  const { page, surprises } = await open(context, 1400, "light", "crowded.html");
  const inColour = page.locator("#server-rate .mark-line path[aria-roledescription]");
  const columns = page.locator("table:has([data-cell]) thead th:visible");
  const lines = page.locator("#server-rate .mark-line path");
  const counts = async () => [await inColour.count(), await lines.count(), await columns.count()];
  // The baseline, the best of all, and the next two in bytes.
  assert.equal(await counts(), [4, 12, 5]);

  await page.getByRole("checkbox", { name: "the others in grey" }).uncheck();
  assert.equal(await counts(), [4, 4, 5]);

  await page.getByRole("checkbox", { name: "other-3" }).check();
  assert.equal(await counts(), [5, 5, 6]);

  await page.getByRole("button", { name: "Show as at first" }).click();
  assert.equal(await counts(), [4, 4, 5]);
  assert.equal(surprises, []);
  await page.close();
});

test("a heat map shows the policy that is chosen by the keyboard, and none that is hidden", async (context) => {
  const { page, surprises } = await open(context, 1400, "light");
  const image = () => page.locator("#busy .mark-rect.role-mark").innerHTML();
  const before = await image();
  await page.locator("#busy").getByLabel("Policy", { exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(
    `document.querySelector("#busy .mark-rect.role-mark").innerHTML !== ${JSON.stringify(before)}`,
  );
  assert.is(await page.locator("#busy select").inputValue(), "1");

  await page.getByRole("checkbox", { name: "round-robin" }).uncheck();
  assert.is(await page.locator("#busy select").inputValue(), "0");
  assert.ok(await page.locator("#busy option", { hasText: "round-robin" }).isDisabled());
  assert.equal(surprises, []);
  await page.close();
});

test("other reasons are drawn where another policy is chosen, and the name of a metric leads to it", async (context) => {
  const { page, surprises } = await open(context, 1400, "dark");
  const rects = page.locator("#decisions .mark-rect.role-mark path");
  // Three reasons in each of 96 columns.
  assert.is(await rects.count(), 3 * 96);
  await page.locator("#decisions select").selectOption({ label: "random" });
  await page.waitForFunction("document.querySelector('#decisions select').value === '1'");
  assert.is(await rects.count(), 3 * 96);
  const link = page.locator("th a.metric", { hasText: "visit.p95" });
  assert.match((await link.getAttribute("title")) ?? "", "formula: R-7 quantile 0.95");
  await link.click();
  assert.is(await page.evaluate("document.querySelector(':target dt').textContent"), "visit.p95");
  assert.equal(surprises, []);
  await page.close();
});

test("each chart is a table and a specification too, opened by the keyboard", async (context) => {
  const { page, surprises } = await open(context, 400, "dark");
  for (const chart of ["trade-off", "busy", "sync-days", "decisions", "time-spent"]) {
    await page.locator(`#${chart} details[data-part=rows] summary`).focus();
    await page.keyboard.press("Enter");
    await page.locator(`#${chart} .filled td`).first().waitFor();
    await page.locator(`#${chart} details[data-part=spec] summary`).press("Enter");
    await page.locator(`#${chart} pre`, { hasText: '"encoding"' }).waitFor();
  }
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  assert.is(overflow, 0);
  assert.equal(surprises, []);
  await page.close();
});

test("all that takes the focus has a name, and headings leave no rank out", async (context) => {
  const { page } = await open(context, 1400, "light", "varied.html");
  const nameless =
    await page.evaluate(`[...document.querySelectorAll("a, button, input, select, summary, [tabindex]")]
    .filter((each) => !(each.ariaLabel || each.textContent.trim() || each.labels?.[0]?.textContent.trim()
      || each.getAttribute("aria-labelledby"))).map((each) => each.outerHTML)`);
  assert.equal(nameless, []);
  const jumps = await page.evaluate(`[...document.querySelectorAll("h1, h2, h3, h4")]
    .map((each) => Number(each.tagName[1])).filter((rank, at, all) => rank > (all[at - 1] ?? 0) + 1)`);
  assert.equal(jumps, []);
  await page.keyboard.press("Tab");
  assert.is(await page.evaluate("document.activeElement.className"), "skip");
  await page.close();
});

test("in print the filter and the buttons are gone, and no chart is cut", async (context) => {
  const { page } = await open(context, 720, "light");
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".filter", ".exports", ".alternatives", ".skip"]) {
    assert.is(await page.locator(hidden).first().isVisible(), false);
  }
  const cut = await page.evaluate(`[...document.querySelectorAll(".chart svg")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth).length`);
  assert.is(cut, 0);
  await page.close();
});

for (const [format, start] of [
  ["csv", "policy,"],
  ["svg", "<svg"],
  ["png", "\x89PNG"],
  ["json", "{"],
] as const) {
  test(`a chart is saved as ${format}, by the keyboard and without a network`, async (context) => {
    const { page, surprises } = await open(context, 400, "dark");
    await page.locator(`#trade-off [data-export=${format}]`).focus();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.keyboard.press("Enter"),
    ]);
    assert.match(download.suggestedFilename(), /^flash-trade-off\./);
    const content = readFileSync(await download.path(), "latin1");
    assert.is(content.slice(0, start.length), start);
    assert.equal(surprises, []);
    await page.close();
  });
}

/** How large the drawing of the machines is shown, and its texts that are wider than their boxes. */
const DRAWING =
  '[...document.querySelectorAll(".topology svg")].find((each) => each.clientWidth > 0)';
const SCALE = `${DRAWING}.clientWidth / ${DRAWING}.viewBox.baseVal.width`;
const TEXTS_OUTSIDE = `[...${DRAWING}.querySelectorAll("text")].filter((text) => {
  const { left, right } = text.getBoundingClientRect();
  const boxes = [...${DRAWING}.querySelectorAll("rect")].map((rect) => rect.getBoundingClientRect());
  return !boxes.some((box) => box.left <= left && right <= box.right);
}).map((text) => text.textContent)`;

async function open(
  { browser, folder }: { browser: Browser; folder: string },
  width: number,
  colorScheme: "light" | "dark",
  file = "report.html",
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const address = pathToFileURL(join(folder, file)).href;
  const surprises: string[] = [];
  page.on("console", (message) => surprises.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => surprises.push(error.message));
  page.on("request", (request) => {
    // What a reader saves is made in the page itself.
    if (request.url() !== address && !/^(data|blob):/.test(request.url())) {
      surprises.push(`request ${request.url()}`);
    }
  });
  await page.goto(address);
  await page.waitForSelector(`body[data-charts="${colorScheme}"]`);
  return { page, surprises };
}

browserTests.run();
