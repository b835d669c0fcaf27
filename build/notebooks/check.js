import { existsSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** How a page is looked at, one after the other: it has to follow. Widths are in pixels. */
const LOOKS = [
  { width: 400, colorScheme: "dark" },
  { width: 1400, colorScheme: "light" },
];

/** Milliseconds in which a page must have run its cells and drawn its charts. */
const PATIENCE = 120_000;

/**
 * Opens pages as readers do, from a disk, and tells what should not have happened: a cell or a script
 * that failed, a request, a chart that is not drawn, a page wider than its window. Without Chromium it
 * says so and finds nothing.
 */
export async function surprisesIn(pages) {
  if (!existsSync(CHROMIUM)) {
    console.log(`skipped: the look at the pages; no Chromium at ${CHROMIUM} (set CHROMIUM)`);
    return [];
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const surprises = [];
    for (const path of pages) surprises.push(...(await surprisesOf(browser, path)));
    return surprises;
  } finally {
    await browser.close();
  }
}

async function surprisesOf(browser, path) {
  const found = [];
  const page = await browser.newPage(optionsOf(LOOKS[0]));
  const address = pathToFileURL(path).href;
  page.on("console", (message) => found.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", ({ message }) => found.push(message));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !/^(data|blob):/.test(url)) found.push(`request: ${url}`);
  });
  await page.goto(address);
  for (const look of LOOKS) {
    const { viewport, colorScheme } = optionsOf(look);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    found.push(...(await surprisesAt(page, look)));
  }
  await page.close();
  return [...new Set(found)].map((each) => `${basename(path)}: ${each}`);
}

async function surprisesAt(page, { width }) {
  const found = [];
  try {
    await page.waitForFunction(isSettled, undefined, { timeout: PATIENCE, polling: 100 });
  } catch {
    found.push(`not all charts are drawn after ${PATIENCE / 1000} s at ${width} pixels`);
  }
  for (const text of await page.locator(".observablehq--error").allInnerTexts()) {
    found.push(`a cell failed: ${text}`);
  }
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (beyond > 0) found.push(`${beyond} pixels wider than its window of ${width}`);
  return found;
}

function optionsOf({ width, colorScheme }) {
  return { viewport: { width, height: 900 }, colorScheme };
}

/** In the page: whether all charts are drawn and nothing has changed for some looks. */
function isSettled() {
  const { body } = document;
  const seen = `${innerWidth} ${body.innerText.length} ${body.querySelectorAll("*").length}`;
  const looks = body.dataset.seen === seen ? Number(body.dataset.looks) + 1 : 0;
  Object.assign(body.dataset, { seen, looks });
  const charts = [...document.querySelectorAll(".chart")];
  return looks >= 10 && charts.every((chart) => chart.querySelector("svg") !== null);
}
