import { test } from "uvu";
import * as assert from "uvu/assert";
import { FILE_KINDS } from "../trace/trace.ts";
import { accessTrace } from "./access-trace.ts";
import { common } from "./formats/common.ts";
import { ownAccess } from "./formats/own-csv.ts";
import { readAccess } from "./testing.ts";

const request = (second: string, host: string, path: string, status: number, bytes: number) =>
  `${host} - - [17/May/2015:08:05:${second} +0000] "GET ${path} HTTP/1.1" ${status} ${bytes}`;

const FIRST = Date.UTC(2015, 4, 17, 8, 5, 10) / 1000;

function build(lines: readonly string[], mergeWithin = 0) {
  return accessTrace(readAccess(common, lines.join("\n")).access, mergeWithin);
}

test("hosts become customers and paths files, numbered by appearance, times from the first", () => {
  const { trace } = build([
    request("10", "b", "/x", 200, 30),
    request("12", "a", "/y", 206, 50),
    request("15", "b", "/y", 200, 50),
  ]);
  const { requests, catalogue, customers } = trace;
  assert.equal([...requests.time], [0, 2, 5]);
  assert.equal([...requests.customer], [0, 1, 0]);
  assert.equal([...requests.file], [0, 1, 1]);
  assert.equal([...requests.bytes], [30, 50, 50]);
  assert.equal([...requests.status], [200, 206, 200]);
  assert.equal([catalogue.path(0), catalogue.path(1)], ["/x", "/y"]);
  assert.equal([...catalogue.digest], [0, 1]);
  assert.equal([...catalogue.release], [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  assert.equal([customers.at(0), customers.at(1)], ["b", "a"]);
  assert.is(customers.length, 2);
  assert.is(trace.window, 6);
  assert.is(trace.epoch, FIRST);
});

test("a file is as large as the most bytes sent; a request asks for what it got", () => {
  const { trace } = build([
    request("10", "a", "/x", 206, 30),
    request("11", "a", "/x", 200, 100),
    request("12", "a", "/x", 200, 60),
  ]);
  assert.equal([...trace.catalogue.size], [100]);
  assert.equal([...trace.requests.bytes], [30, 100, 60]);
});

test("pieces of a file are one download", () => {
  const { trace, pieces } = build(
    [
      request("10", "a", "/x", 206, 30),
      request("11", "b", "/x", 200, 100),
      request("12", "a", "/x", 206, 90),
    ],
    600,
  );
  assert.is(pieces, 1);
  assert.equal([...trace.requests.bytes], [100, 100]);
  assert.equal([...trace.requests.status], [200, 200]);
});

test("a range that is larger than any whole answer shows that those were broken off", () => {
  const { trace } = build(
    [
      request("10", "a", "/x", 200, 100),
      request("11", "a", "/x", 206, 600),
      request("12", "b", "/x", 206, 200),
    ],
    600,
  );
  assert.equal([...trace.requests.bytes], [100, 600, 200]);
  assert.equal([...trace.catalogue.size], [600]);
});

test("lines out of order are counted and sorted, equal times in their order", () => {
  const { trace, outOfOrder } = build([
    request("12", "a", "/late", 200, 1),
    request("10", "a", "/early", 200, 1),
    request("12", "a", "/later", 200, 1),
  ]);
  assert.equal([...trace.requests.file].map(trace.catalogue.path), ["/early", "/late", "/later"]);
  assert.equal([...trace.requests.time], [0, 2, 2]);
  assert.is(outOfOrder, 1);
});

test("kind and package are told by a file's name", () => {
  const { catalogue } = build([
    request("10", "a", "/pool/apt_1_amd64.deb", 200, 1),
    request("10", "a", "/a.iso", 200, 1),
    request("10", "a", "/pool/apt_2_amd64.deb", 200, 1),
  ]).trace;
  assert.equal(
    [...catalogue.kind].map((kind) => FILE_KINDS[kind]),
    ["package", "image", "package"],
  );
  assert.equal(
    [...catalogue.packageOf].map((name) => catalogue.packages.at(name)),
    ["apt.amd64", "", "apt.amd64"],
  );
  assert.is(catalogue.distributionOf.length, 0);
});

test("packages are left out where no file has one, statuses where no line has one", () => {
  const { trace } = accessTrace(
    readAccess(ownAccess, "time,customer,path,bytes\n5,c,/a,9").access,
    0,
  );
  assert.is(trace.catalogue.packageOf.length, 0);
  assert.is(trace.catalogue.packages.length, 0);
  assert.is(trace.requests.status.length, 0);
});

test("what is stated of files goes before what rows show; times of a window stay", () => {
  const { trace } = accessTrace(
    readAccess(
      ownAccess,
      [
        "time,customer,path,bytes,size,digest,distribution,release",
        "5,c,/a,9,40,x,sid,2",
        "7.5,c,/b,9,40,x,sid,",
      ].join("\n"),
    ).access,
    0,
  );
  const { catalogue, requests } = trace;
  assert.equal([...requests.time], [5, 7.5]);
  assert.equal([trace.epoch, trace.window], [null, 8]);
  assert.equal([...catalogue.size], [40, 40]);
  assert.is(catalogue.digest[0], catalogue.digest[1]);
  assert.equal([...catalogue.release], [2, Number.NEGATIVE_INFINITY]);
  assert.equal([...catalogue.distributionOf], [0, 0]);
  assert.is(catalogue.distributions.at(0), "sid");
});

function visitsOfCsv(lines: readonly string[], mergeWithin = 0) {
  const header = "time,customer,path,bytes,status,size,visit";
  const { access } = readAccess(ownAccess, [header, ...lines].join("\n"));
  return [...accessTrace(access, mergeWithin).trace.requests.visit];
}

test("visits keep their rows through sorting, numbered by their first requests", () => {
  const lines = ["30,c,/a,9,,,4", "10,d,/a,9,,,4", "20,c,/b,9,,,3", "5000,c,/a,9,,,4"];
  // In order of time: d's, c's third, c's fourth, and that again after more than half an hour.
  assert.equal(visitsOfCsv(lines), [0, 1, 2, 2]);
});

test("rows that tell no visit make visits by pauses beside those that are told", () => {
  const lines = ["0,c,/a,9,,,1", "1,c,/b,9,,,", "2,c,/a,9,,,1", "3,d,/b,9,,,", "1802,c,/b,9,,,"];
  assert.equal(visitsOfCsv(lines), [0, 1, 0, 2, 3]);
  assert.equal(visitsOfCsv(["0,c,/a,9,,,", "1,c,/b,9,,,"]), []);
});

test("a download merged from pieces is in the visit of its pieces", () => {
  const lines = [
    "0,c,/a,40,206,100,1",
    "1,c,/a,40,206,100,2",
    "2,c,/a,60,206,100,1",
    "3,c,/b,100,200,100,1",
    "4,c,/a,60,206,100,2",
  ];
  assert.equal(visitsOfCsv(lines, 600), [0, 1, 0]);
});

test("a log tells no visits", () => {
  assert.is(build([request("10", "a", "/x", 200, 1)]).trace.requests.visit.length, 0);
});

test("a long log keeps every row", () => {
  const { trace } = build(
    Array.from({ length: 5000 }, (_, i) => request("10", `h${i % 7}`, `/${i}`, 200, i + 1)),
  );
  assert.equal(
    [...trace.requests.bytes],
    Array.from({ length: 5000 }, (_, i) => i + 1),
  );
  assert.is(trace.catalogue.files, 5000);
  const rows = Array.from({ length: 5000 }, (_, row) => `${row},c,/a,9,,,${row >> 1}`);
  assert.equal(
    visitsOfCsv(rows),
    rows.map((_, row) => row >> 1),
  );
});

test.run();
