/** Opens the page of a trace as readers do: from a disk, in a browser, wide and narrow. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { exampleTrace } from "./trace/testing.ts";
import { tracePage } from "./trace-page.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"];

const browserTests = suite<{ browser: Browser; folder: string }>("page of a trace in a browser");
const test = existsSync(CHROMIUM) ? browserTests : browserTests.skip;
if (!existsSync(CHROMIUM)) {
  console.log(`\nskipped: the tests in a browser; no Chromium at ${CHROMIUM} (set CHROMIUM)`);
}

browserTests.before(async (context) => {
  if (!existsSync(CHROMIUM)) return;
  context.folder = mkdtempSync(join(tmpdir(), "mirrorlab-trace-"));
  writeFileSync(join(context.folder, "trace.html"), tracePage(exampleTrace()));
  context.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});

browserTests.after(async ({ browser, folder }) => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

for (const width of [400, 1400]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`draws every chart at ${width} pixels in ${colorScheme}, alone and without errors`, async ({
      browser,
      folder,
    }) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const address = pathToFileURL(join(folder, "trace.html")).href;
      const surprises: string[] = [];
      page.on("console", (message) => surprises.push(message.text()));
      page.on("pageerror", (error) => surprises.push(error.message));
      page.on("request", (request) => {
        if (request.url() !== address && !/^(data|blob):/.test(request.url())) {
          surprises.push(`request ${request.url()}`);
        }
      });
      await page.goto(address);
      await page.waitForSelector(`body[data-charts="${colorScheme}"]`);
      assert.equal(surprises, []);
      assert.is(await page.locator("figure .chart svg").count(), 8);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.is(overflow, 0);
      await page.close();
    });
  }
}

test("a chart is saved without a network", async ({ browser, folder }) => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, "trace.html")).href);
  await page.waitForSelector("body[data-charts]");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#kinds [data-export=svg]").click(),
  ]);
  assert.is(download.suggestedFilename(), "example-kinds.svg");
  await page.close();
});

browserTests.run();
