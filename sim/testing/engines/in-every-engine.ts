import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { getQuickJS } from "quickjs-emscripten";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** What a script puts out, by engine. */
export interface Outputs {
  /** V8 as this Node has it. */
  readonly node: string;
  /** QuickJS with musl's functions, compiled to WebAssembly: nothing in it is V8's. */
  readonly quickjs: string;
  /** V8 as the browser has it; `null` where there is none. */
  readonly chromium: string | null;
}

/**
 * Runs a script in every engine there is and returns its output in each. The script is a module that
 * exports `output`, a function that returns a text, and imports what it likes but for Node's modules.
 */
export async function inEveryEngine(script: URL): Promise<Outputs> {
  const code = `${await bundled(script)}\nscript.output();`;
  return {
    node: runInNewContext(code),
    quickjs: await inQuickJs(code),
    chromium: await inChromium(code),
  };
}

/** One plain script, which leaves the module's exports in `script`. */
async function bundled(script: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(script)],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "script",
    target: "es2022",
  });
  return outputFiles[0].text;
}

async function inQuickJs(code: string): Promise<string> {
  const context = (await getQuickJS()).newContext();
  try {
    return context
      .unwrapResult(context.evalCode(code))
      .consume((output) => context.getString(output));
  } finally {
    context.dispose();
  }
}

async function inChromium(code: string): Promise<string | null> {
  if (!existsSync(CHROMIUM)) {
    console.log(`\nskipped: Chromium among the engines; none at ${CHROMIUM} (set CHROMIUM)`);
    return null;
  }
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  try {
    const page = await browser.newPage();
    return await page.evaluate<string>(code);
  } finally {
    await browser.close();
  }
}
