import { test } from "uvu";
import * as assert from "uvu/assert";
import { variantsOf } from "../experiment.ts";
import { minimal, parse, problemsIn } from "../testing.ts";
import { factorOf, times } from "./factor.ts";

const MBIT = 125_000;

/** Uplinks of the server and the first volunteer, and customers' downloads, in Mbit/s, variant by variant. */
const uplinks = (vary: string) =>
  variantsOf(parse(`${minimal}vary:\n${vary}`)).map(({ system }) => [
    system.server.uplink / MBIT,
    system.volunteers[0].uplink / MBIT,
  ]);

test("a factor is written with a cross", () => {
  assert.equal(["×4", "× 0.5", "x3", "x", "4", "×-1", 4].map(factorOf), [
    4,
    0.5,
    3,
    ...Array(4).fill(null),
  ]);
  assert.equal([times("0.1 MB", 3), times(4, 0.5), times("1e3 B", 2)], ["0.3 MB", 2, "2000 B"]);
  assert.equal([times("many", 3), times(undefined, 3)], [null, null]);
});

test("factors of several axes multiply what the file says, or what another axis puts there", () => {
  const [[server, volunteer]] = uplinks(
    "  a: { as it is: {}, twice: { system.server.uplink: ×2 } }",
  );
  const both =
    "  a: { one: { system.server.uplink: ×1 }, two: { system.server.uplink: ×2 } }\n" +
    "  b: { one: {}, half: { system.server.uplink: × 0.5 } }";
  assert.equal(
    uplinks(both),
    [1, 0.5, 2, 1].map((factor) => [factor * server, volunteer]),
  );
  const plain =
    "  b: { double: { system.server.uplink: ×2 } }\n" +
    "  a: { set: { system.server.uplink: 3 Mbit/s }, not: {} }";
  assert.equal(uplinks(plain), [
    [6, volunteer],
    [2 * server, volunteer],
  ]);
});

test("a star stands for each item of a list", () => {
  const [[server, volunteer]] = uplinks("  a: { b: {} }");
  const short = "  all: { field: system.volunteers.*.uplink, values: [×1, ×3] }";
  assert.equal(uplinks(short), [
    [server, volunteer],
    [server, 3 * volunteer],
  ]);
  assert.equal(uplinks("  a: { b: { system.volunteers.*.uplink: 7 Mbit/s } }"), [[server, 7]]);
});

test("what cannot be multiplied, or is no list, is said at its place", () => {
  const says = (vary: string, pattern: RegExp) =>
    assert.match(problemsIn(`${minimal}vary:\n${vary}`).join("\n"), pattern);
  says(
    "  a: { b: { system.tracker.interval: ×2 } }",
    /:18:.*expected a number at system\.tracker\.interval to multiply; got none/,
  );
  says(
    "  a: { b: { system.server.*.uplink: ×2 } }",
    /:18:.*server: expected a list; got a mapping/,
  );
  says("  a: { b: { system.volunteers.*.uplnk: 7 } }", /:18:.*unknown field: uplnk/);
  says(
    "  a: { b: { system.volunteers.*.uplink: 7 } }\n  c: { d: { system.volunteers.0.uplink: 7 } }",
    /duplicate setting/,
  );
});

test.run();
