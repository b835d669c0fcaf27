import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { TABLES, type TableSpec } from "./tables.ts";

const text = readFileSync(new URL("../../experiments/rows.md", import.meta.url), "utf8");

const TYPES = { integer: "INT32", number: "DOUBLE", text: "UTF-8" } as const;

test("every table stands in experiments/rows.md with its columns, in their order", () => {
  for (const [name, { row, columns }] of Object.entries<TableSpec>(TABLES)) {
    const lines = columns.map(({ name: column, type, isOptional, means }) => {
      return `| \`${column}\` | ${TYPES[type]}${isOptional ? ", or nothing" : ""} | ${means} |`;
    });
    const head = "| column | type | tells |\n|---|---|---|";
    const told = `### \`${name}\`: a row for each ${row}\n\n${head}\n${lines.join("\n")}\n`;
    assert.ok(text.includes(told), `expected in experiments/rows.md:\n${told}`);
  }
});

test("units are in the names: what is a number ends with one", () => {
  for (const { columns } of Object.values<TableSpec>(TABLES)) {
    for (const { name, type } of columns) {
      assert.is(/_(s|bytes)$/.test(name), type === "number", name);
    }
  }
});

test.run();
