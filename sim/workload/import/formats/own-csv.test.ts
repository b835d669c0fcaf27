import { test } from "uvu";
import * as assert from "uvu/assert";
import { kinds, readAccess, readSync, reasons } from "../testing.ts";
import { ownAccess, ownSync } from "./own-csv.ts";

test("downloads, with what is known of the files", () => {
  const { rows, access } = readAccess(
    ownAccess,
    [
      "unix_time,customer,path,bytes,status,size,digest,kind,package,distribution,release,note",
      "a,b,c",
      '1770117607.5,c1,"/a, ""b"".deb",10,206,40,7,package,a.amd64,bookworm,1770117600.25,x',
      "1770117608,c2,/c,5,,,,,,,,",
    ].join("\n"),
  );
  assert.equal(rows, [
    [1770117607.5, "c1", '/a, "b".deb', 10, 206],
    [1770117608, "c2", "/c", 5, 0],
  ]);
  assert.ok(access.isUnix);
  assert.equal(access.files.facts(0), {
    size: 40,
    digest: "7",
    kind: "package",
    package: "a.amd64",
    distribution: "bookworm",
    release: 1770117600.25,
  });
  assert.equal(access.files.facts(1), {});
});

test("columns come in any order, times may be those of a window", () => {
  const { rows, access } = readAccess(ownAccess, "bytes,path,customer,time\n5,/a,c,0.25");
  assert.equal(rows, [[0.25, "c", "/a", 5, 0]]);
  assert.not.ok(access.isUnix);
});

/** The visit's number of each row. */
function visitsIn(text: string): number[] {
  const { access, rows } = readAccess(ownAccess, text);
  return [...access.columns().visit.subarray(0, rows.length)];
}

test("any whole number tells visits of a customer apart, below its header; without one a row tells none", () => {
  const header = "time,visit,customer,path,bytes";
  const lines = ["1,-7,c,/a,5", "2,12,c,/a,5", "3,-7,c,/b,5", "4,-7,d,/a,5", "5,,c,/a,5"];
  assert.equal(visitsIn([header, ...lines].join("\n")), [1, 2, 1, 3, 0]);
  assert.equal(
    visitsIn([header, lines[1], header, lines[1], "6,012,c,/a,5"].join("\n")),
    [1, 2, 2],
  );
  assert.equal(visitsIn("time,customer,path,bytes\n1,c,/a,5"), [0]);
});

test("one clock for all", () => {
  const text = "time,customer,path,bytes\n1,c,/a,5\nunix_time,customer,path,bytes\n1,c,/a,5";
  assert.equal(kinds(readAccess(ownAccess, text).outcomes), ["ignored", "row", "bad", "bad"]);
});

test("rows that cannot be", () => {
  const header = "time,customer,path,bytes,size,kind,status,visit";
  const lines = [
    "-1,c,/a,5,,,,",
    "x,c,/a,5,,,,",
    "1,c,/a,0,,,,",
    "1,c,/a,5,4,,,",
    "1,c,/a,5,,song,,",
    "1,c,/a,5,,,1000,",
    "1,c,/a,5,,,,first",
    "1,c,/a,5,,,,1.5",
    "1,c,/a,5,,,,1234567890123456",
    "1,c,/a",
  ];
  const { outcomes } = readAccess(ownAccess, [header, ...lines].join("\n"));
  assert.equal(kinds(outcomes), ["ignored", ...new Array(lines.length).fill("bad")]);
  assert.equal(kinds(readAccess(ownAccess, "customer,path,bytes").outcomes), ["bad"]);
});

test("synchronisations", () => {
  const { rows, outcomes } = readSync(
    ownSync,
    "node,unix_time,duration,bytes,files\nm1,1770117607,12.5,1000,3\nm1,1770117607,x,1000,3\nm1,1,1,1,4294967296",
  );
  assert.equal(rows, [[1770117607, "m1", 3, 1000, 12.5]]);
  assert.equal(reasons(outcomes), [
    "header",
    "row",
    "expected files, bytes and a duration in seconds; got others",
    "expected files, bytes and a duration in seconds; got others",
  ]);
});

test.run();
