import { test } from "uvu";
import * as assert from "uvu/assert";
import { readAccess, reasons } from "../testing.ts";
import { cran } from "./cran.ts";

const HEADER =
  '"date","time","size","r_version","r_arch","r_os","package","version","country","ip_id"';
const LINE = '"2012-10-01","00:30:13",35165,"2.15.1","i686","linux-gnu","quadprog","1.5-4","AU",1';
const AT = Date.UTC(2012, 9, 1, 0, 30, 13) / 1000;

test("downloads of packages, clients by day", () => {
  const next = LINE.replace("10-01", "10-02").replaceAll('"', "");
  const { rows, access, outcomes } = readAccess(cran, [HEADER, LINE, next].join("\n"));
  assert.equal(reasons(outcomes), ["header", "row", "row"]);
  assert.equal(rows, [
    [AT, "2012-10-01 1", "/quadprog_1.5-4", 35165, 0],
    [AT + 86_400, "2012-10-02 1", "/quadprog_1.5-4", 35165, 0],
  ]);
  assert.equal(access.files.facts(0), { kind: "package", package: "quadprog" });
});

test("lines that are no downloads, and lines that are none", () => {
  const lines = [
    LINE,
    HEADER,
    LINE.replace('"quadprog"', "NA"),
    LINE.replace("35165", "0"),
    LINE.replace("35165", "NA"),
    LINE.replace("35165", "-3"),
    LINE.replace("00:30:13", "25:30:13"),
    LINE.replace(',"AU"', ""),
    LINE.replace('"AU"', '"AU'),
    HEADER,
    LINE.replace('"AU"', '"a, ""b"""'),
  ];
  assert.equal(reasons(readAccess(cran, lines.join("\n")).outcomes), [
    "expected a header with date, time, size, package, version, ip_id; got none",
    "header",
    "no package",
    "no bytes",
    "expected a size in bytes; got another text",
    "expected a size in bytes; got another text",
    "expected a date and a time; got others",
    "expected 10 fields; got 9",
    "expected closed quotes; got an open one",
    "header",
    "row",
  ]);
});

test.run();
