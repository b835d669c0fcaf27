import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { observable } from "@observablehq/notebook-kit/vite";

/**
 * Observable's Notebook Kit without its network.
 *
 * As it comes, the kit's standard library names some thirty libraries and data sets that a page
 * fetches when a cell uses them. Here a notebook imports what it needs from `node_modules`, so that the
 * build fails where something is missing, and the standard library is what needs no network.
 *
 * @param page Folder of the template and the style sheet.
 */
export function kit(page) {
  const transformNotebook = (notebook) => ({ ...notebook, theme: "mirrorlab" });
  return {
    plugins: [
      withoutNetwork(),
      observable({ template: join(page, "template.html"), transformNotebook }),
    ],
    alias: [
      { find: "observable:styles/theme-mirrorlab.css", replacement: join(page, "style.css") },
      { find: /^observable:(.*)$/, replacement: join(kitSource, "$1") },
    ],
  };
}

const kitSource = join(fileURLToPath(import.meta.resolve("@observablehq/notebook-kit")), "..");

/** Modules of the kit that are replaced whole, by the end of their path. */
const REPLACED = {
  // Of the libraries only that which renders Markdown with expressions in it.
  "stdlib/recommendedLibraries.js": 'export const md = () => import("./md.js").then((_) => _.md);',
  "stdlib/sampleDatasets.js": "export {};",
  "stdlib/databaseClient.js": "export const DatabaseClient = undefined;",
  "stdlib/interpreter.js": "export const Interpreter = undefined;",
  "stdlib/zip.js": "export const ZipArchive = undefined;",
  "stdlib/xlsx.js": "export const Workbook = undefined;",
};

const NETWORK = "https://cdn.jsdelivr.net/npm/";

/** The import of a library from a network, as the kit writes it. */
const FETCHED = /import\("https:\/\/cdn\.jsdelivr\.net\/npm\/([^"@]+)[^"]*\/\+esm"\)/g;

function withoutNetwork() {
  return {
    name: "mirrorlab:without-network",
    enforce: "pre",
    load(id) {
      if (!isOfKit(id)) return undefined;
      return Object.entries(REPLACED).find(([end]) => id.endsWith(end))?.[1];
    },
    /** What rarely used methods would fetch comes from `node_modules`, or fails in words. */
    transform(code, id) {
      if (!isOfKit(id) || !code.includes(NETWORK)) return undefined;
      const local = code.replace(FETCHED, (_, name) => {
        if (isInstalled(name)) return `import("${name}")`;
        return `Promise.reject(new Error("missing ${name}: it is not installed"))`;
      });
      return local.replaceAll(NETWORK, "missing:");
    },
    /** A notebook that named an address would fetch it; a module of Node's would be empty. */
    resolveId(id) {
      if (!/^(https?|npm|jsr|node):/.test(id)) return;
      this.error(`expected a module that runs in browsers, from here; got ${id}`);
    },
  };
}

function isOfKit(id) {
  return id.includes("notebook-kit/dist/src/runtime/");
}

function isInstalled(name) {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
