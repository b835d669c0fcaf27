import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse as parseYaml } from "yaml";
import * as z from "zod";
import { InputError } from "../../engine/input-error.ts";
import { TABLE_NAMES } from "../../rows/tables.ts";
import { experimentJsonSchema } from "./json-schema.ts";
import { minimal, parse, registry } from "./testing.ts";

const measuring = (fields: string) => `${minimal}measure: { ${fields} }\n`;

function problemOf(text: string, rows?: string): string {
  try {
    parse(text, { overrides: { rows } });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "";
}

test("rows are left of no table, of some in their own order, or of all", () => {
  assert.not.ok("rows" in parse(minimal).measure);
  assert.equal(parse(measuring("rows: visits")).measure.rows, ["visits"]);
  assert.equal(parse(measuring("rows: [visits, requests]")).measure.rows, ["requests", "visits"]);
  assert.equal(parse(measuring("rows: all")).measure.rows, TABLE_NAMES);
  assert.equal(parse(measuring("rows: [all, links]")).measure.rows, TABLE_NAMES);
});

test("--rows takes the place of what the experiment says, whether it measures anything or not", () => {
  const overrides = { rows: "attempts, links" };
  assert.equal(parse(minimal, { overrides }).measure.rows, ["attempts", "links"]);
  const { measure } = parse(measuring("from: 1 s, rows: visits"), { overrides });
  assert.equal([measure.from, measure.rows], [1, ["attempts", "links"]]);
});

test("tables that are not known are told with the nearest", () => {
  const known = `known: all, ${TABLE_NAMES.join(", ")}`;
  assert.match(problemOf(measuring("rows: [request]")), `unknown table: request; ${known}`);
  assert.match(problemOf(measuring("rows: [request]")), "did you mean 'requests'?");
  assert.is(
    problemOf(minimal, "visit,links"),
    `--rows: unknown table: visit; ${known}\n      = did you mean 'visits'?`,
  );
  assert.is(problemOf(minimal, "links,links"), "--rows: duplicate table: links");
  assert.match(problemOf(measuring("rows: []")), "expected at least one table");
  assert.match(problemOf(minimal, ""), "--rows: unknown table: ; known: all");
});

test("editors know the tables", () => {
  const editor = z.fromJSONSchema(
    experimentJsonSchema(registry) as Parameters<typeof z.fromJSONSchema>[0],
  );
  const accepts = (rows: string) => editor.safeParse(parseYaml(measuring(rows))).success;
  assert.ok(accepts("rows: all") && accepts("rows: [requests, visits]"));
  assert.not.ok(accepts("rows: request") || accepts("rows: []"));
});

test.run();
