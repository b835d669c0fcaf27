/** What can be said of the texts without running anything. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { Fingerprint } from "../engine/fingerprint.ts";
import { InputError } from "../engine/input-error.ts";
import { readUnrun, unrunExperiment } from "./experiment-source.ts";
import { unrunRecipe } from "./recipe-source.ts";
import { contentOf, imageIn } from "./renew.ts";
import { SCALE, unrunScale } from "./scale-source.ts";
import type { Source } from "./source.ts";
import { FOLDER, filesOf, nameOf, placeOf, type ReadMark, type Text } from "./text.ts";

/** What puts right what is only old. */
const AGAIN = "npm run experiments writes it anew";

/** A mark with what it asks for, where everything that was not run is one; or what is wrong with it. */
interface Tried {
  readonly text: Text;
  readonly mark: ReadMark;
  readonly content: string;
  readonly problem: string | null;
}

/** Marks that name what there is not: no experiment, metric, policy, level or unit. */
export function unknownNames(texts: readonly Text[], root = "."): string[] {
  return tried(texts, root).flatMap(({ problem }) => problem ?? []);
}

/** Tables whose header is not what their mark says. */
export function strangeHeaders(texts: readonly Text[], root = "."): string[] {
  const headerOf = (content: string) => content.trim().split("\n")[0];
  return tried(texts, root)
    .filter(({ mark, problem }) => mark.kind === "table" && problem === null)
    .filter(({ mark, content }) => headerOf(mark.content) !== headerOf(content))
    .map(({ text, mark, content }) => {
      const got = headerOf(mark.content) || "nothing";
      const place = `${text.file}:${mark.line}`;
      return `${place}: expected the header ${headerOf(content)}; got ${got}; ${AGAIN}`;
    });
}

function tried(texts: readonly Text[], root: string): Tried[] {
  const sources = new Map<string, Source>();
  return texts.flatMap((text) =>
    text.marks.map((mark): Tried => {
      try {
        for (const name of mark.needs) {
          if (!sources.has(name)) sources.set(name, unrun(name, root));
        }
        return { text, mark, content: contentOf(mark, text, sources, new Map()), problem: null };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const said = error instanceof InputError ? error.problems.join("; ") : error.message;
        const problem = `${placeOf(text.file, mark, error)}: ${said}`;
        return { text, mark, content: "", problem };
      }
    }),
  );
}

/** What a name stands for, as it was not run. @throws InputError when it stands for nothing. */
function unrun(name: string, root: string): Source {
  if (isRecipe(name)) {
    if (!existsSync(join(root, name))) throw new InputError([`${name}: missing file`]);
    return unrunRecipe(name);
  }
  return name === SCALE ? unrunScale() : unrunExperiment(join(root, FOLDER, `${name}.yaml`), name);
}

/** A source is the recipe of a trace or the name of an experiment. */
export function isRecipe(name: string): boolean {
  return name.endsWith(".yaml");
}

/** Where texts disagree with themselves, with each other or with the committed baselines. */
export function disagreements(texts: readonly Text[], root = "."): string[] {
  const told = fingerprintsOf(texts);
  return [
    ...texts.flatMap((text) => text.marks.flatMap((mark) => strangeOrigins(text, mark, told))),
    ...lonelyExperiments(texts, root),
    ...lonelyTexts(texts),
    ...lonelyFigures(texts, root),
    ...otherBaselines(told, root),
  ];
}

interface Told {
  readonly fingerprint: string;
  readonly place: string;
}

/** The fingerprint that a text tells of each source. */
function fingerprintsOf(texts: readonly Text[]): Map<string, Told> {
  return new Map(
    texts.flatMap(({ file, marks }) =>
      marks.flatMap(({ asked, content, line }): [string, Told][] => {
        if (asked.kind !== "fingerprint") return [];
        const place = `${file}:${line}`;
        return [[asked.of, { fingerprint: content.replaceAll("`", ""), place }]];
      }),
    ),
  );
}

/** Tables and figures that come from another run than the text says. */
function strangeOrigins({ file }: Text, mark: ReadMark, told: ReadonlyMap<string, Told>): string[] {
  const { asked, needs, origins, line } = mark;
  const place = `${file}:${line}`;
  const untold = needs.filter((name) => !told.has(name));
  if (untold.length > 0) {
    return [`${place}: expected a fingerprint mark of ${untold.join(", ")}; got none in any text`];
  }
  if (asked.kind === "fingerprint") {
    const found = mark.content.replaceAll("`", "");
    const other = told.get(asked.of)?.fingerprint;
    return found === other
      ? []
      : [`${place}: expected fingerprint ${other} of ${asked.of}; got ${found}; ${AGAIN}`];
  }
  if (asked.kind === "value") return [];
  return needs.flatMap((name) => {
    const expected = told.get(name)?.fingerprint;
    const found = origins.get(name) ?? "none";
    return found === expected
      ? []
      : [
          `${place}: expected a ${asked.kind} of ${name} ${expected}; got one of ${found}; ${AGAIN}`,
        ];
  });
}

/** Experiments of which no text tells the fingerprint. */
function lonelyExperiments(texts: readonly Text[], root: string): string[] {
  const told = new Set(fingerprintsOf(texts.filter(({ file }) => file !== "README.md")).keys());
  return filesOf(root, ".yaml")
    .filter((file) => !told.has(nameOf(file)))
    .map((file) => {
      const mark = `<!-- fingerprint: ${nameOf(file)} -->`;
      return `${file}: expected a text with ${mark}; got none`;
    });
}

/** Texts that ask a question and tell of no run. */
function lonelyTexts(texts: readonly Text[]): string[] {
  return texts
    .filter(({ text }) => /^\*\*Question\.\*\*/m.test(text))
    .filter(({ marks }) => !marks.some(({ kind }) => kind === "fingerprint"))
    .map(({ file }) => `${file}: expected a <!-- fingerprint --> of its experiment; got none`);
}

/** Figures that no text shows, or that stay as they are however results change. */
function lonelyFigures(texts: readonly Text[], root: string): string[] {
  const shown = texts.flatMap(({ file, marks }) =>
    marks.flatMap(({ content }) => {
      const image = imageIn(content);
      return image === undefined ? [] : [posix.join(posix.dirname(file), image)];
    }),
  );
  return filesOf(root, ".svg")
    .filter((file) => !shown.includes(file))
    .map((file) => `${file}: expected a figure mark around it; got none in any text`);
}

interface Baseline {
  readonly experiment: string;
  readonly seed: number;
  readonly replications: number;
  readonly runs: readonly { readonly fingerprint: string }[];
}

/** Baselines of the same experiment, seed and replications that other runs have left. */
function otherBaselines(told: ReadonlyMap<string, Told>, root: string): string[] {
  const folder = join(root, "results/baselines");
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) => {
    const { experiment = "", seed, replications, runs } = baselineIn(join(folder, file));
    const text = told.get(experiment);
    if (runs === undefined || text === undefined) return [];
    const asked = readUnrun(join(root, FOLDER, `${experiment}.yaml`)).experiment;
    const found = fingerprintOf(runs);
    const isSame = seed === asked.seed && replications === asked.replications;
    if (!isSame || found === text.fingerprint) return [];
    const expected = `expected fingerprint ${found} of results/baselines/${file}`;
    return [`${text.place}: ${expected}; got ${text.fingerprint}`];
  });
}

/** Other files, such as the ratios of the benchmarks, lie beside the baselines. */
function baselineIn(path: string): Partial<Baseline> {
  return JSON.parse(readFileSync(path, "utf8")) as Partial<Baseline>;
}

/** As `experimentFingerprint` of the runs. */
function fingerprintOf(runs: Baseline["runs"]): string {
  const all = new Fingerprint();
  for (const { fingerprint } of runs) all.addText(fingerprint);
  return all.toString();
}
