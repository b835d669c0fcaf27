import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * The declarations of everything that `sim/policies/index.ts` exports, as one text: those of all
 * modules it reaches, without the ones that nobody outside can name.
 *
 * Of the comments only those of one short line are kept; `sim/policies/README.md` has the rest.
 */
export function rolledTypes(root) {
  const temp = mkdtempSync(join(tmpdir(), "mirrorlab-types-"));
  try {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const options = ["--declaration", "--emitDeclarationOnly", "--outDir", temp];
    const project = join(root, "tsconfig.build.json");
    execFileSync(process.execPath, [tsc, "--project", project, ...options], { stdio: "inherit" });
    return rolled(join(temp, "policies/index.d.ts"));
  } finally {
    rmSync(temp, { recursive: true });
  }
}

const HEADER = `/**
 * Policies of software delivery by volunteer mirrors. Seconds, bytes, bytes per second everywhere.
 * What each field means and where a host gets it: sim/policies/README.md in this package.
 * Summaries and sources are absent here: \`sim policies\` prints them.
 */
`;

function rolled(index) {
  const texts = new Map();
  read(index, texts);
  const declarations = [...texts.values()].flatMap(declarationsOf);
  const named = new Map(declarations.map((text) => [nameOf(text), text]));
  const shown = exportsOf(texts.get(index));
  const wanted = new Set();
  const want = (name) => {
    const text = named.get(name);
    if (text === undefined || wanted.has(name)) return;
    wanted.add(name);
    for (const [word] of text.replace(COMMENT, "").matchAll(/\b[A-Za-z_]\w*/g)) want(word);
  };
  for (const name of shown) want(name);
  const kept = declarations.filter((text) => wanted.has(nameOf(text)));
  const lines = kept
    .map((text) => lean(text, shown.has(nameOf(text))))
    .map((text) => text.replace(/^( readonly (?:summary|source)): string;/gm, "$1?: string;"));
  return `${HEADER}${lines.join("\n")}\nexport {};\n`;
}

/** Follows the imports of a declaration file, depth first. */
function read(path, texts) {
  if (texts.has(path)) return;
  const text = readFileSync(path, "utf8");
  texts.set(path, text);
  for (const [, target] of text.matchAll(/from "(\.[^"]+)\.ts"/g)) {
    read(join(dirname(path), `${target}.d.ts`), texts);
  }
}

const COMMENT = /\/\*\*[\s\S]*?\*\/\n?/g;

/** The compiler puts each declaration on lines of its own and indents what belongs to it. */
function declarationsOf(text) {
  return text
    .split(/^(?=export declare |export interface |export type [A-Z]|interface |type |declare )/m)
    .filter((part) => nameOf(part) !== undefined);
}

function nameOf(declaration) {
  return /^(?:export )?(?:declare )?(?:interface|type|const|function) (\w+)/.exec(declaration)?.[1];
}

/** The names in the lists of `export { … }`, and those of what is declared there. */
function exportsOf(text) {
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list]) =>
    list.split(",").map((name) => name.replace(/\btype\b/, "").trim()),
  );
  const own = [...text.matchAll(/^export (?:declare )?(?:const|function|interface|type) (\w+)/gm)];
  return new Set([...lists, ...own.map(([, name]) => name)]);
}

/** Bytes of the longest comment that is kept. */
const SHORT = 36;

function lean(declaration, isShown) {
  const text = declaration.slice(0, declaration.search(/^\/\*\*/m) >>> 0).trimEnd();
  const short = text.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, (comment) =>
    comment.trim().length <= SHORT ? comment : "",
  );
  const indented = short.replace(/^( +)/gm, (spaces) => " ".repeat(spaces.length / 4));
  return isShown ? indented : indented.replace(/^export /, "");
}
