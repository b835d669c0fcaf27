/** No message shows a secret, whatever is wrong. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { masked } from "./masked.ts";
import { reportsOn, SMALL, smallWith, TOKEN } from "./testing.ts";

const isHidden = (text: string) => {
  const reports = reportsOn(text).join("\n");
  assert.is.not(reports, "", text);
  assert.not.ok(reports.includes(TOKEN.slice(0, 8)), reports);
};

test("the line of a token is shown with an x for each letter of it, in its place", () => {
  const [report] = reportsOn(smallWith("name: a,", "name: a, weight: -1,"));
  assert.match(report, /:6:24: invalid weight: -1; not in \[0, ∞\)\n/);
  assert.match(report, /^ {4}6 \| {3}- \{ name: a, weight: -1, token: x{20} \}$/m);
});

test("a secret is hidden behind a misspelt name, in other kinds of text and where YAML is broken", () => {
  for (const text of [
    smallWith("token:", "tokn:"),
    smallWith("token:", "secret:"),
    smallWith("{ name: a, token: ", "{ name: a b, token: "),
    smallWith(`token: ${TOKEN}`, `token: "${TOKEN} é"`),
    smallWith(`token: ${TOKEN}`, `token: [${TOKEN}]`),
    smallWith(`token: ${TOKEN}`, `token: { is: ${TOKEN} }`),
    smallWith(`{ name: a, token: ${TOKEN} }`, `${TOKEN}`),
    smallWith(`{ name: a, token: ${TOKEN} }`, `{ name: ü, token: "${TOKEN}`),
    smallWith(`{ name: a, token: ${TOKEN} }`, `name: a\n    token: |\n      short\n      ${TOKEN}`),
    smallWith(`\n  - { name: a, token: ${TOKEN} }`, ` { a: ${TOKEN} }`),
    smallWith("volunteers:", "volunters:"),
    smallWith(`token: ${TOKEN} }`, `token: ${TOKEN} } }`),
    smallWith(`{ name: a, token: ${TOKEN} }`, `{ name: a, token: ${TOKEN}`),
    `${SMALL}  - { name: b, token: ${TOKEN} }`,
    `x: &secret ${TOKEN}\n${smallWith(TOKEN, "*secret")}`,
  ]) {
    isHidden(text);
  }
});

test("what is no secret stays as it is", () => {
  const text = "url: http://a/ # token\nvolunteers: [{ name: a, site: b, tokenFile: c }]\n";
  assert.is(masked(text), text);
});

test("whatever is done to a line, nothing worse comes of it than reports that hide the secret", () => {
  const lines = SMALL.split("\n").length - 1;
  const edit = fc.record({
    line: fc.nat(lines - 1),
    at: fc.nat(20), // Not within the token.
    insert: fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      ": ",
      "#",
      "'",
      '"',
      "\t",
      "&a ",
      "*a ",
      "- ",
      "!",
      "|",
      "\n",
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const text = edits.reduce((before, { line, at, insert }) => {
        const all = before.split("\n");
        const found = all[line] ?? "";
        all[line] = found.slice(0, at) + insert + found.slice(at);
        return all.join("\n");
      }, SMALL);
      for (const report of reportsOn(text)) {
        assert.match(report, /^\/etc\/m\/server\.yaml:\d+:\d+: \S/);
        assert.not.ok(report.includes(TOKEN.slice(0, 8)), `${text}\n${report}`);
      }
    }),
    { seed: 15, numRuns: 40 },
  );
});

test.run();
