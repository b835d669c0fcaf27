/** The tables of README.md are the manual of hosts: a field that they lack is one that hosts forget. */
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CANDIDATE, DISPATCH_VIEW, SERVER_VIEW } from "./dispatch/dispatch.ts";
import { CLIENT_FACTS, LATENCY_FACTS, VOLUNTEER_FACTS } from "./dispatch/facts.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");

test("the tables name every field of a dispatch view", () => {
  const { server: _, ...request } = DISPATCH_VIEW;
  const shapes = [request, CANDIDATE, CLIENT_FACTS, VOLUNTEER_FACTS, LATENCY_FACTS];
  const fields = [
    ...shapes.flatMap((shape) => Object.keys(shape)),
    ...Object.keys(SERVER_VIEW).map((field) => `server.${field}`),
  ];
  const rows = readme.split("\n").filter((line) => line.startsWith("| "));
  const unnamed = fields.filter((field) => !rows.some((row) => row.includes(`\`${field}\``)));
  assert.equal(unnamed, []);
});

test.run();
