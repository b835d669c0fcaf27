import { test } from "uvu";
import * as assert from "uvu/assert";
import { breakable, html, jsonText, rawText } from "./html.ts";

test("text cannot become an element or leave an attribute", () => {
  const text = `<b>&"'`;
  assert.is(html`<p title="${text}">${text}</p>`.markup, `<p title="${E}">${E}</p>`);
});

test("markup inside markup is kept, lists are joined, null is nothing", () => {
  const items = ["a", "<"].map((item) => html`<li>${item}</li>`);
  assert.is(html`<ul>${items}${null}</ul>${2}`.markup, "<ul><li>a</li><li>&lt;</li></ul>2");
});

test("data cannot end its script element, and is read back unchanged", () => {
  const value = { title: "</script><!--<script>" };
  const { markup } = jsonText(value);
  assert.not.match(markup, "<");
  assert.equal(JSON.parse(markup), value);
});

test("a library cannot end its script element", () => {
  assert.is(rawText('x = "</script>"').markup, 'x = "<\\/script>"');
});

test("a composed name breaks after its plus signs alone, and stays text", () => {
  assert.is(
    breakable("a-b+<c>").markup,
    '<span class="part">a-b+</span><wbr><span class="part">&lt;c&gt;</span>',
  );
  assert.is(breakable("plain").markup, '<span class="part">plain</span>');
});

const E = "&lt;b&gt;&amp;&quot;&#39;";

test.run();
