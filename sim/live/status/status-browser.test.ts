/** Opens the status page as an operator does: in a browser, from a server, on wide and narrow screens. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { busyHost, passHour, served } from "./testing.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

interface Context {
  browser: Browser;
  busy: ReturnType<typeof busyHost>;
  server: Awaited<ReturnType<typeof served>>;
}

const browserTests = suite<Context>("status page in a browser");
const test = existsSync(CHROMIUM) ? browserTests : browserTests.skip;
if (!existsSync(CHROMIUM)) {
  console.log(`\nskipped: the tests in a browser; no Chromium at ${CHROMIUM} (set CHROMIUM)`);
}

browserTests.before(async (context) => {
  if (!existsSync(CHROMIUM)) return;
  context.busy = busyHost();
  context.server = await served(context.busy.host, context.busy.tally);
  passHour(context.busy, () => context.server.status.sample());
  context.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});

browserTests.after(async ({ browser, server }) => {
  await browser?.close();
  await server?.close();
});

async function open({ browser, server }: Context, width: number, colorScheme: "light" | "dark") {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const surprises: string[] = [];
  page.on("console", (message) => surprises.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => surprises.push(error.message));
  page.on("request", (request) => {
    const isOwn = /^(data:|http:\/\/127\.0\.0\.1:\d+\/-\/status)/.test(request.url());
    if (!isOwn) surprises.push(`request ${request.url()}`);
  });
  await page.clock.install();
  await page.goto(`${server.address}/-/status`);
  return { page, surprises };
}

for (const [width, colorScheme] of [
  [400, "dark"],
  [1400, "light"],
] as const) {
  test(`all stands within ${width} pixels, in ${colorScheme}, with no error and no hostile name run`, async (context) => {
    const { page, surprises } = await open(context, width, colorScheme);
    assert.is(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
    assert.is(await page.title(), "https://deb.example.org/ · mirrorlab");
    assert.is(await page.locator("img").count(), 0);
    assert.is(await page.locator(".time-chart path").count(), 7);
    assert.is(await page.locator("#volunteers tbody tr").count(), 14);
    const wide = await page.evaluate(`[...document.querySelectorAll(".scroll")]
      .filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.ariaLabel)`);
    if (width === 1400) assert.equal(wide, []); // On a narrow one, tables are pushed within themselves.
    assert.equal(surprises, []);
    await page.close();
  });
}

test("the page puts what is new in its place, and keeps where its reader was", async (context) => {
  const { page, surprises } = await open(context, 400, "light");
  const { host } = context.busy;
  const before = host.shown;
  const scroll = page.locator("#volunteers .scroll");
  await scroll.evaluate((each) => {
    each.scrollLeft = 90;
    each.focus();
  });
  const [first, ...others] = before.volunteers;
  host.shown = {
    ...before,
    volunteers: [{ ...first, state: "left", excluded: "has left" }, ...others],
  };
  const refreshed = page.waitForResponse(/status\.json\?sections/);
  await page.clock.runFor(5000);
  await refreshed;
  await page.locator("#volunteers tbody tr").first().getByText("has left").waitFor();
  assert.is(await scroll.evaluate((each) => each.scrollLeft), 90);
  assert.is(await page.evaluate("document.activeElement.ariaLabel"), "Volunteers");
  assert.is(await page.locator("img").count(), 0);
  assert.equal(surprises, []);
  host.shown = before;
  await page.close();
});

test("a server that does not answer is told of, until it does again", async (context) => {
  const { page } = await open(context, 1400, "light");
  const lost = page.locator("#lost");
  assert.is(await lost.isVisible(), false);
  await page.route("**/status.json?sections", (route) => route.abort());
  await page.clock.runFor(5000);
  await lost.getByText(/^Not refreshed since .+: /).waitFor();
  await page.unroute("**/status.json?sections");
  await page.clock.runFor(5000);
  await lost.waitFor({ state: "hidden" });
  await page.close();
});

browserTests.run();
