/** Mistakes in recipes, with the exact words in which they are reported. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { InputError } from "../../engine/input-error.ts";
import { parseRecipe, type RecipeOverrides, recipeJsonSchema } from "./parse-recipe.ts";
import { accessRecipe, syncRecipe } from "./testing.ts";

const SMALL = `trace: access
title: Small
catalogue:
  distributions:
    - { name: a, format: rpm, files: 0.5, customers: 0.5, releases: ["1"], architectures: [x] }
    - { name: b, format: rpm, files: 0.5, customers: 0.5, releases: ["1"], architectures: [x], like: a }
releases:
  major:
    - { name: news, distribution: a, at: 1 d }
`;

/** The first line of each problem, without the file's name. */
function problemsIn(text: string, overrides: RecipeOverrides = {}): string[] {
  try {
    parseRecipe(text, "r.yaml", overrides);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map((problem) => problem.split("\n")[0].replace(/^r\.yaml:\s?/, ""));
  }
}

const MISTAKES: Readonly<Record<string, readonly [string, string, readonly string[]]>> = {
  "an unknown kind of trace": [
    "trace: access",
    "trace: acess",
    ["1:8: unknown trace: acess; known: access, sync, fitted"],
  ],
  "a window of half days": [
    "title: Small",
    "title: Small\nwindow: 1.5 d",
    ["3:9: invalid window: 1.5 d; not 1 to 366 whole days"],
  ],
  "shares that miss 1": [
    'files: 0.5, customers: 0.5, releases: ["1"], architectures: [x] }',
    'files: 0.4, customers: 0.6, releases: ["1"], architectures: [x] }',
    ["5:5: invalid sum of files: 0.9; not 1", "5:5: invalid sum of customers: 1.1; not 1"],
  ],
  "a name twice, and so no model": ["name: b", "name: a", ["6:15: duplicate name: a"]],
  "a model that does not come before": [
    "like: a",
    "like: b",
    ["6:102: unknown original distribution of format rpm before this one: b; known: a"],
  ],
  "a model of another format": [
    "name: b, format: rpm",
    "name: b, format: deb",
    ["6:102: unknown original distribution of format deb before this one: a; known: none"],
  ],
  "an architecture twice": [
    "architectures: [x] }",
    "architectures: [x, x] }",
    ["5:91: duplicate name: x"],
  ],
  "a release with a slash in its name": [
    'releases: ["1"], architectures: [x] }',
    'releases: ["1/2"], architectures: [x] }',
    ["5:69: releases: expected a list of names without spaces and slashes; got a list"],
  ],
  "a major release of an unknown distribution": [
    "distribution: a",
    "distribution: c",
    ["9:35: unknown distribution: c; known: a, b"],
  ],
  "a major release after the window": [
    "at: 1 d",
    "at: 10 d",
    ["9:42: invalid at: 10 d; not in [0, 864000) seconds, the window"],
  ],
  "more broken downloads than all": [
    "releases:\n",
    "transfers: { resumed: 0.9, restarted: 0.2 }\nreleases:\n",
    ["7:39: invalid restarted: 0.2; with resumed more than 1"],
  ],
};

for (const [name, [passage, replacement, says]] of Object.entries(MISTAKES)) {
  test(`${name} is reported with its place`, () => {
    assert.ok(SMALL.includes(passage));
    assert.equal(problemsIn(SMALL.replace(passage, replacement)), [...says]);
  });
}

test("all mistakes are reported at once, those of flags first", () => {
  const text = SMALL.replace("name: a,", "name: ,").replace("at: 1 d", "att: 1 d");
  assert.equal(problemsIn(text, { scale: 50, seed: -1 }).slice(0, 2), [
    "--seed: invalid seed: -1; not in [0, 4294967295]",
    "--scale: invalid scale: 50; not in [0.01, 10]",
  ]);
  assert.ok(problemsIn(text).some((problem) => problem.startsWith("5:")));
  assert.ok(
    problemsIn(text).includes(
      "9:38: unknown field: att; known: name, distribution, at, packages, images",
    ),
  );
});

test("a recipe of synchronisations has rules of its own", () => {
  const sync = "trace: sync\ntitle: Nodes\n";
  assert.equal(problemsIn(sync), []);
  assert.equal(problemsIn(`${sync}traced: { mean: 21 h }`), [
    "3:17: invalid mean: 21 h; not in [1944, 73908] seconds",
  ]);
  assert.equal(problemsIn(`${sync}first: 4 h`), [
    "3:8: invalid first: 4 h; the longest day would not end on the day on which it began",
  ]);
});

test("what is no mapping is no recipe", () => {
  assert.equal(problemsIn("- a\n- b\n"), ["expected a recipe, a mapping"]);
  assert.equal(problemsIn("title: x\n"), ["1:1: missing trace"]);
  assert.equal(problemsIn("a: [\n").length, 1);
});

test("flags replace what the file says", () => {
  const recipe = parseRecipe(`${SMALL}seed: 4\nscale: 2\n`, "r.yaml", { seed: 9, scale: 0.5 });
  assert.is(recipe.seed, 9);
  assert.is(recipe.scale, 0.5);
  assert.is(parseRecipe(SMALL, "r.yaml").seed, 1);
});

test("the committed recipes have the abstract's figures", () => {
  const { catalogue, demand, window } = accessRecipe();
  assert.is(window, 864_000);
  assert.equal(
    [catalogue.files, catalogue.bytes, catalogue.small, catalogue.identical, demand.imageBytes],
    [2_200_000, 2.86e12, 0.91, 0.17, 0.71],
  );
  assert.is(catalogue.distributions.length, 10);
  const { nodes, traced, window: days } = syncRecipe();
  assert.equal([nodes, days / 86_400], [40, 35]);
  assert.equal(traced, { mean: 6516, max: 73_908, min: 1944 });
});

test("every parameter says what it is, and a default why", () => {
  const undocumented: string[] = [];
  const visit = (node: SchemaNode, path: string) => {
    for (const [name, field] of Object.entries(node.properties ?? {})) {
      if (field.description === undefined) undocumented.push(`${path}.${name}`);
      visit(field, `${path}.${name}`);
    }
    if (node.items !== undefined) visit(node.items, `${path}[]`);
  };
  for (const [kind, schema] of recipeJsonSchema().anyOf.entries()) {
    visit(schema as SchemaNode, String(kind));
  }
  assert.equal(undocumented, []);
});

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

test("the committed schema is up to date; if not: UPDATE=1 npm test -- experiment/recipe", () => {
  const file = fileURLToPath(new URL("../../../traces/recipe.schema.json", import.meta.url));
  const current = `${JSON.stringify(recipeJsonSchema(), null, 2)}\n`;
  if (process.env["UPDATE"] === "1") writeFileSync(file, current);
  assert.is(readFileSync(file, "utf8"), current);
});

test.run();
