/** Mistakes that nobody thought of: whatever is done to an experiment, the report has a place. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { parseExperiment } from "./parse-experiment.ts";

const experiments = new URL("../../../experiments/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, experiments), "utf8");
const locate = (path: string) => ({ found: path });

const SCALARS = [
  ..."~ -1 0 1.5 1e400 .nan .inf true [] {} [1] {a: b} '' text *x &x !t | > - ? @ % ` '".split(" "),
  "5 Mbps",
  "-3 d",
  "2008-01-01",
  '"\\u0000"',
  "constructor",
  "__proto__",
];

const mutation = fc.record({
  line: fc.nat(60),
  kind: fc.constantFrom("delete", "repeat", "value", "key", "indent", "insert", "cut"),
  scalar: fc.oneof(fc.constantFrom(...SCALARS), fc.string({ maxLength: 8 })),
});

function mutate(
  text: string,
  { line, kind, scalar }: typeof mutation extends fc.Arbitrary<infer M> ? M : never,
) {
  const lines = text.split("\n");
  const at = line % lines.length;
  const replacements: Record<typeof kind, string[]> = {
    delete: [],
    repeat: [lines[at], lines[at]],
    value: [lines[at].replace(/: [^,}]+/, () => `: ${scalar}`)],
    key: [lines[at].replace(/\w+(?=:)/, () => scalar)],
    indent: [`\t${lines[at]}`],
    insert: [lines[at], `${scalar}: ${scalar}`],
    cut: [lines[at].slice(0, lines[at].length / 2)],
  };
  lines.splice(at, 1, ...replacements[kind]);
  return lines.join("\n");
}

for (const name of ["flash-small.yaml", "replay.yaml"]) {
  test(`${name} is a good experiment`, () => {
    const experiment = parseExperiment(read(name), name, { locate });
    assert.is(experiment.name, name.replace(".yaml", ""));
  });

  test(`${name}, mutated, is read or refused with file and line, never worse`, () => {
    const text = read(name);
    const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(mutations, (all) => {
        const problems = problemsIn(all.reduce(mutate, text), name);
        for (const problem of problems)
          assert.match(problem, /^[\w-]+\.yaml:\d+:\d+: \S.*\n +\d+ \|/);
      }),
      { seed: 2008, numRuns: 150 },
    );
  });
}

function problemsIn(text: string, name: string): readonly string[] {
  try {
    parseExperiment(text, name, { locate });
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

test.run();
