import { readFileSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { OPENAPI_YAML } from "./openapi.ts";
import { ANNOUNCE, ANSWER, REFUSAL, REGISTERED, REGISTRATION } from "./schemas.ts";

const file = new URL("../openapi.yaml", import.meta.url);

test("openapi.yaml is what is served; if not: UPDATE=1 npm test -- live/volunteers/protocol", () => {
  if (process.env["UPDATE"] === "1") writeFileSync(file, OPENAPI_YAML);
  assert.is(readFileSync(file, "utf8"), OPENAPI_YAML);
});

test("the document asks for the fields that requests are checked for, and gives those of answers", () => {
  const { schemas } = parse(OPENAPI_YAML).components;
  for (const [name, schema, io] of [
    ["Registration", REGISTRATION, "input"],
    ["Announce", ANNOUNCE, "input"],
    ["Registered", REGISTERED, "output"],
    ["Answer", ANSWER, "output"],
    ["Refusal", REFUSAL, "output"],
  ] as const) {
    const { properties, required, additionalProperties } = schemas[name];
    assert.equal(Object.keys(properties), Object.keys(schema.shape), `${name} ${io}`);
    const needed = Object.entries(schema.shape).filter(([, field]) => !field.isOptional());
    assert.equal(
      required,
      needed.map(([field]) => field),
    );
    assert.is(additionalProperties, false);
  }
});

test("types are those of JSON: a few by hand", () => {
  const { schemas } = parse(OPENAPI_YAML).components;
  const { Registration, Announce, Answer } = schemas;
  assert.is(Registration.properties.uplink.type, "number");
  assert.is(Registration.properties.uplink.exclusiveMinimum, 0);
  assert.equal(Registration.properties.urls.items, {
    type: "string",
    minLength: 1,
    maxLength: 2048,
  });
  assert.is(Announce.properties.active.type, "integer");
  assert.is(Announce.properties.completed.maxItems, 100_000);
  assert.equal(Announce.properties.holds.anyOf[0].required, ["manifest"]);
  assert.equal(Announce.properties.receipts.items.required, [
    ...["address", "agent", "path", "bytes", "ago"],
  ]);
  assert.is(Answer.properties.commands.items.anyOf[0].properties.do.const, "fetch");
});

test("every reference leads somewhere, and every request says all that may come of it", () => {
  const document = parse(OPENAPI_YAML);
  const names = OPENAPI_YAML.match(/#\/components\/schemas\/\w+/g) ?? [];
  for (const name of names) assert.ok(document.components.schemas[name.split("/")[3]], name);
  const responses = Object.keys(document.paths["/-/announce"].post.responses);
  assert.equal(responses, ["200", "400", "401", "405", "408", "409", "413", "429", "503"]);
});

test.run();
