import { test } from "uvu";
import * as assert from "uvu/assert";
import { skipReason } from "./names.ts";

const CASES = {
  "hello_2.10-3_amd64.deb": null,
  "grün.iso": null,
  "a b%2f": null,
  "..hidden": "hidden",
  ".hello_2.10-3_amd64.deb.x7Gh2p": "hidden",
  ".~tmp~": "hidden",
  ".git": "hidden",
  ".htpasswd": "hidden",
  ".treeinfo": null,
  ".discinfo": null,
  ".composeinfo": null,
  ".well-known": null,
  ".treeinfo.x7Gh2p": "hidden",
  "a\nb": "name",
  "a\rb": "name",
  "a\tb": "name",
  "a\u007f": "name",
  "a\u0085": "name",
  "a\u2028": "name",
  "a\ufffd": "name",
  ".a\n": "name",
} as const;

for (const [name, reason] of Object.entries(CASES)) {
  test(`${JSON.stringify(name)}: ${reason ?? "published"}`, () => {
    assert.is(skipReason(name), reason);
  });
}

test.run();
