import { test } from "uvu";
import * as assert from "uvu/assert";
import { ByteTable } from "./byte-table.ts";

test("the names so far stay as they are, in order", () => {
  const table = new ByteTable();
  for (const name of ["b", "", "ä", "b"]) table.numberOf(name);
  const names = table.names();
  table.numberOf("c");
  assert.equal(
    Array.from({ length: names.length }, (_, at) => names.at(at)),
    ["b", "", "ä"],
  );
});

test.run();
