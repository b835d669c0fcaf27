import { test } from "uvu";
import * as assert from "uvu/assert";
import { explanation } from "./explanation.ts";

test("reasons are header values of visible ASCII", () => {
  assert.equal(explanation("least wait: 2.5 s", []), ["X-Mirrorlab-Reason", "least wait: 2.5 s"]);
  assert.equal(explanation("a\r\nSet-Cookie: b=é\0", []), [
    "X-Mirrorlab-Reason",
    "a??Set-Cookie: b=??",
  ]);
  assert.is(explanation("x".repeat(10_000), [])[1]?.length, 400);
});

test("each who is excluded has his reason", () => {
  const [, , name, text] = explanation("r", [
    { name: "a;b=c", reason: "is gone" },
    { name: "d", reason: "a=1; b" },
  ]);
  assert.is(name, "X-Mirrorlab-Excluded");
  assert.is(text, "a_b_c=is gone; d=a_1_ b");
});

test("a long list ends with how many are not in it", () => {
  const many = Array.from({ length: 500 }, (_, index) => ({
    name: `volunteer-${index}`.padEnd(300, "x"),
    reason: "is gone",
  }));
  const text = explanation("r", many)[3] ?? "";
  // 100 characters of the name, "=is gone" and "; " are 110: eighteen of them fit into 2,000.
  assert.is(text.split("; ").length, 19);
  assert.match(text, /; and 482 more$/);
  assert.ok(text.length < 2100);
});

test.run();
