/** Opens the page as readers do: from a disk, in a browser, on wide and narrow screens. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { reportPage } from "./page.ts";
import { exampleReport, variedReport } from "./testing.ts";

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
      assert.is(await page.locator("figure .chart svg").count(), 4);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.is(overflow, 0);
      await page.close();
    });
  }
}

test("the policy filter hides a policy in charts and table, and shows it again", async (context) => {
  const { page, surprises } = await open(context, 1400, "light");
  const lines = page.locator("#server-rate .mark-line path");
  const columns = page.locator("thead th:visible");
  assert.equal([await lines.count(), await columns.count()], [5, 6]);
  assert.is(await page.locator(".chart .role-legend").count(), 0); // The figures have their own.

  await page.getByRole("checkbox", { name: "random" }).uncheck();
  assert.equal([await lines.count(), await columns.count()], [4, 5]);

  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal([await lines.count(), await columns.count()], [5, 6]);
  assert.equal(surprises, []);
  await page.close();
});

for (const width of WIDTHS) {
  test(`a varied report draws every chart at ${width} pixels`, async (context) => {
    const { page, surprises } = await open(context, width, "light", "varied.html");
    assert.equal(surprises, []);
    assert.is(await page.locator("figure .chart svg").count(), 5);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert.is(overflow, 0);
    await page.close();
  });
}

test("levels are filtered in single cells, policies everywhere", async (context) => {
  const { page, surprises } = await open(context, 1400, "light", "varied.html");
  const lines = page.locator("#server-rate .mark-line path");
  const points = page.locator("#along-1 .mark-symbol path");
  const rows = page.locator(".levels tbody tr:visible");
  // 5 policies at the first levels; 4 metrics, one of them without the baseline, at 4 places each.
  const counts = async () => [await lines.count(), await points.count(), await rows.count()];
  const across = 4 * 5 * 4 - 4;
  assert.equal(await counts(), [5, across, 40]);

  await page.getByRole("checkbox", { name: "1 h" }).check();
  assert.equal(await counts(), [10, across, 40]);

  await page.getByRole("checkbox", { name: "random" }).uncheck();
  assert.equal(await counts(), [8, across - 16, 32]);

  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal(await counts(), [20, across, 40]);
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
  assert.is(await page.locator("figure .chart svg").count(), 4);
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

for (const [format, start] of [
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
