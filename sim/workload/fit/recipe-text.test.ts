import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { fittedSchema } from "../../experiment/recipe/fitted-schema.ts";
import { writtenRecipe } from "../../experiment/recipe/written-recipe.ts";
import { traceOfRows } from "../profile/testing.ts";
import { fitAccess } from "./fit-access.ts";
import type { FittedRecipe } from "./recipe.ts";
import { recipeText } from "./recipe-text.ts";

const recipe = fitAccess(
  traceOfRows(
    [{ size: 10, kind: "image" }, { size: 2_000_000 }, { size: 30, kind: "index" }],
    [
      [0, 0, 0],
      [5, 0, 1, 1000],
      [9000, 1, 1],
      [80_000, 0, 2],
    ],
    { epoch: 1_431_849_905 },
  ),
  "As a small log",
);

test("a recipe is read back as it was written", () => {
  const read = fittedSchema.safeParse(parse(recipeText(writtenRecipe(recipe))));
  assert.ok(read.success, JSON.stringify(read.error?.issues));
  assert.equal(read.data, recipe);
});

test("tables stand on a line each, mappings do not", () => {
  const text = recipeText(writtenRecipe(recipe));
  assert.match(text, /^ +sizes: \[\[/m);
  assert.match(text, /^ +hours: \[\d/m);
  assert.match(text, /^ +- ranks: 1$/m);
  assert.match(text, /^# Fitted to a trace/);
});

test("numbers that contradict each other are refused with their place", () => {
  const { files } = recipe;
  const wrong: FittedRecipe = {
    ...recipe,
    files: {
      ...files,
      count: 99,
      bands: [{ ...files.bands[0], ranks: 2 }, ...files.bands.slice(1)],
    },
    customers: {
      ...recipe.customers,
      visits: [
        [0.5, 2],
        [0.1, 3],
      ],
    },
  };
  const { error } = fittedSchema.safeParse(writtenRecipe(wrong));
  assert.ok(error?.issues.some(({ path }) => path.join(".") === "customers.visits.1"));
  const { error: sums } = fittedSchema.safeParse(
    writtenRecipe({ ...wrong, customers: recipe.customers }),
  );
  assert.equal(sums?.issues.map(({ path }) => path.join(".")).sort(), [
    "files.bands.0.ranks",
    "files.count",
  ]);
});

test("lists must be as long as the window says", () => {
  const { error } = fittedSchema.safeParse(
    writtenRecipe({ ...recipe, window: recipe.window + 86_400 }),
  );
  assert.equal(error?.issues.map(({ path }) => path.join(".")).sort(), [
    "arrivals.days",
    "customers.requests.classOf",
  ]);
});

test.run();
