import { test } from "uvu";
import * as assert from "uvu/assert";
import { candidate } from "../../testing.ts";
import { SERVER } from "../dispatch.ts";
import { holds, NO_HOLDER, redirect } from "./holders.ts";

test("only a verified or listed copy is worth a redirect", () => {
  const beliefs = ["verified", "listed", "stale", "partial"] as const;
  assert.equal(
    beliefs.filter((belief) => holds(candidate(0, { belief }))),
    ["verified", "listed"],
  );
});

test("without a holder the server delivers", () => {
  assert.equal(redirect(3, "why"), { to: 3, reason: "why" });
  assert.is(redirect(SERVER, "why"), NO_HOLDER);
  assert.equal(NO_HOLDER, { to: SERVER, reason: "no holder" });
});

test.run();
