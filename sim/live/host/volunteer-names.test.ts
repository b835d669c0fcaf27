import { test } from "uvu";
import * as assert from "uvu/assert";
import { VolunteerNames } from "./volunteer-names.ts";

const BOTH = ["http://a.example/m/", "https://a.example/m/"];

test("names are numbered in order; what is new is written down once", () => {
  const names = new VolunteerNames();
  assert.is(names.find("a"), -1);
  assert.equal(
    names.register("a", BOTH).map(({ what, number }) => [what, number]),
    [
      ["volunteer", 0],
      ["bases", 0],
    ],
  );
  assert.equal(names.register("a", BOTH), []);
  assert.is(names.register("b", ["http://b.example/"]).length, 2);
  assert.equal([names.find("a"), names.find("b"), names.nameOf(1)], [0, 1, "b"]);
  assert.equal(
    names.register("a", ["https://a.example/"]).map(({ what, name }) => [what, name]),
    [["bases", '["https://a.example/"]']],
  );
});

test("who came by https is sent to https, who came by http to http where there is any", () => {
  const names = new VolunteerNames();
  names.register("a", BOTH);
  names.register("b", ["https://b.example/"]);
  assert.is(names.addressOf(0, false).base, BOTH[0]);
  assert.is(names.addressOf(0, true).base, BOTH[1]);
  assert.equal(names.addressOf(1, false), { volunteer: 1, base: "https://b.example/" });
});

test("a later server takes them over", () => {
  const names = new VolunteerNames();
  names.register("a", BOTH);
  names.register("b", ["http://b.example/"]);
  const later = new VolunteerNames();
  for (const record of names.save()) later.recall(record);
  assert.equal(later.save(), names.save());
  assert.is(later.find("b"), 1);
});

test.run();
