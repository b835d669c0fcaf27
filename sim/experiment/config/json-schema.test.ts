import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse as parseYaml } from "yaml";
import * as z from "zod";
import { experimentJsonSchema, knownFields } from "./json-schema.ts";
import { minimal, minimalWith, registry } from "./testing.ts";

const committed = fileURLToPath(
  new URL("../../../experiments/experiment.schema.json", import.meta.url),
);

test("the committed schema is up to date; if not: UPDATE=1 npm test -- experiment/config", () => {
  const current = `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`;
  const { UPDATE } = process.env;
  if (UPDATE === "1") writeFileSync(committed, current);
  assert.fixture(readFileSync(committed, "utf8"), current);
});

test("every field is described, and every quantity says its unit", () => {
  const undescribed: string[] = [];
  const visit = (node: unknown, path: string) => {
    if (typeof node !== "object" || node === null) return;
    const { properties = {}, items } = node as { properties?: object; items?: unknown };
    for (const [name, child] of Object.entries(properties)) {
      const { description = "", pattern } = child as { description?: string; pattern?: string };
      const isQuantity = pattern !== undefined;
      const isClear = isQuantity ? /seconds|bytes|time/i.test(description) : description !== "";
      if (!isClear) undescribed.push(`${path}.${name}`);
      visit(child, `${path}.${name}`);
    }
    visit(items, `${path}[]`);
  };
  visit(experimentJsonSchema(registry), "");
  assert.equal(undescribed, []);
});

test("editors accept what the reader accepts, and mark what it does not", () => {
  const editor = z.fromJSONSchema(
    experimentJsonSchema(registry) as Parameters<typeof z.fromJSONSchema>[0],
  );
  const accepts = (text: string) => editor.safeParse(parseYaml(text)).success;
  assert.ok(accepts(minimal));
  assert.ok(
    accepts(minimalWith("origin-only", "[origin-only, tracker-informed: { memory: 10 min }]")),
  );
  assert.ok(accepts(minimalWith("origin-only", "[sticky+fresh+origin-only, ./mine.js]")));
  assert.ok(
    accepts(
      minimalWith("origin-only", "{ sticky+tracker-informed: { stickyFor: 1 s, floor: 1 } }"),
    ),
  );
  assert.ok(accepts(minimalWith("origin-only", "{ sticky+./mine.js: { any: 1 } }")));
  const changing = (changes: string) =>
    minimalWith("workload:", `workload:\n  changes: ${changes}`);
  assert.ok(accepts(changing("{ match: InRelease, every: 6 h }")));
  assert.ok(accepts(changing("{ match: [InRelease, repomd.xml], first: 60 s }")));
  assert.not.ok(accepts(changing("{ match: [], every: 6 h }")), "no end of a path");
  assert.not.ok(accepts(changing("{ share: 2, every: 6 h }")), "more than all files");
  assert.not.ok(accepts(minimalWith("origin-only", "origin-only+sticky")), "the wrong order");
  assert.not.ok(accepts(minimalWith("origin-only", "{ sticky+origin-only: { sticky: 1 } }")));
  assert.not.ok(accepts(minimalWith("origin-only", "orign-only")), "an unknown policy");
  assert.not.ok(
    accepts(minimalWith("origin-only", "{ tracker-informed: { memry: 1 } }")),
    "a param",
  );
  assert.not.ok(accepts(minimalWith("seed: 1", "sed: 1")), "an unknown field");
  assert.not.ok(accepts(minimalWith("8 Mbit/s", "8 Mbps")), "an unknown unit");
  assert.not.ok(accepts(minimalWith("8 Mbit/s", "8")), "no unit");
  const changes = (first: string) => accepts(changing(`{ match: a, first: ${first} }`));
  assert.equal([changes("0"), changes("1 s"), changes("1")], [true, true, false]);
  assert.not.ok(accepts(minimalWith("count: 2", "count: 2.5")), "half a volunteer");
});

test("editors know both forms of vary, and levels to compare with", () => {
  const editor = z.fromJSONSchema(
    experimentJsonSchema(registry) as Parameters<typeof z.fromJSONSchema>[0],
  );
  const accepts = (vary: string) =>
    editor.safeParse(parseYaml(`${minimal}vary: ${vary}\n`)).success;
  assert.ok(accepts("{ pair: { a: {}, b: { system.tracker.interval: 1 min } } }"));
  assert.ok(accepts("{ age: { field: system.tracker.interval, values: [1 min, 60 s] } }"));
  assert.ok(accepts("{ pair: { a: {} } }\ncompare: { pair: a }"));
  assert.not.ok(accepts("{}"), "no axis");
  assert.not.ok(accepts("{ pair: {} }"), "no level");
  assert.not.ok(accepts("{ age: { field: system.tracker.interval } }"), "no values");
  assert.not.ok(accepts("{ age: { field: sytem, values: [1] } }"), "no such part");
  assert.not.ok(accepts("{ pair: { a: { seed: 1 } } }"), "a field that is one for all cells");
});

test("knownFields lists what a mapping may have, through lists", () => {
  const schema = experimentJsonSchema(registry);
  assert.equal(knownFields(schema, ["measure"]), [
    "from",
    "horizon",
    "bin",
    "beliefs",
    "bound",
    "rows",
  ]);
  assert.equal(knownFields(schema, ["workload", "sync", "releases", 3]), ["at", "bytes", "size"]);
  assert.equal(knownFields(schema, ["nowhere", 1]), []);
});

test.run();
