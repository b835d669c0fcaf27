import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ToldDecision } from "../../replay/decisions/told-decision.ts";
import { decisionText } from "./journal-decision-text.ts";

const TOLD: ToldDecision = {
  ...{
    journal: "j",
    line: 14,
    at: 171.5,
    time: null,
    customer: 8,
    where: 2,
    file: 0,
    path: "a\u001b[2J.deb",
  },
  ...{ bytes: 53_000, kind: "redirect", volunteer: 1, name: "bert", reason: "idle", retryAfter: 0 },
  ...{ recorded: "volunteer 0", server: { uplink: 1.25e6, sending: 1 } },
  candidates: [
    {
      ...{ volunteer: 0, name: "anna\n", belief: "verified", age: 21, transfers: 3, foreign: 2 },
      ...{ backlog: 1e6, ahead: 5e5, uplink: 1.25e6, rate: 1e6, uploadRate: 0, syncRate: 1.25e5 },
    },
    {
      ...{ volunteer: 1, name: "bert", belief: "listed", age: Number.POSITIVE_INFINITY },
      ...{ transfers: 0, foreign: 0, backlog: 0, ahead: 0, uplink: 1.25e6, rate: 1.25e6 },
      ...{ uploadRate: 0, syncRate: 0 },
    },
  ],
  exclusions: [{ volunteer: 2, name: "c", reason: "has left" }],
};

test("a decision is told with what was believed; names cannot steer the terminal", () => {
  assert.is(
    decisionText(TOLD),
    `
j:14: at 2 min 52 s (171.5 s), customer 8 asked for a\ufffd[2J.deb (53.0 kB)

sent to      bert
because      idle
the journal  says volunteer 0 instead
candidates   2 of 3 volunteers
whereabouts  number 2
the server   was sending 1 file, with 10.0 Mbit/s

CANDIDATE            belief     announced       downloads  left to send   ahead    has shown       offers     told      syncing
anna\ufffd                verified  21.0 s ago  3, 2 of others       1.00 MB  500 kB  8.00 Mbit/s  10.0 Mbit/s  0 bit/s  1.00 Mbit/s
bert       ← chosen  listed         never               0           0 B     0 B  10.0 Mbit/s  10.0 Mbit/s  0 bit/s           no

EXCLUDED  because it
c         has left

again: npx sim explain j --request 14`.trimStart(),
  );
});

test("what the server decided itself, and who is to come back later, is told so", () => {
  const rescued = decisionText({ ...TOLD, kind: "serve", server: null, candidates: [], where: 0 });
  assert.match(rescued, /\nno policy +was asked: the server decides this itself\n\nEXCLUDED/);
  const day = decisionText({ ...TOLD, time: "2026-12-01T00:02:51.500Z" });
  assert.match(day, /^j:14: at 2 min 52 s \(171\.5 s\), 2026-12-01T00:02:51\.500Z, customer 8 /);
  const later = decisionText({ ...TOLD, kind: "later", retryAfter: 30, bytes: 0, exclusions: [] });
  assert.match(later, /\(without its bytes\)\n\nsent to +nobody, but back in 30 s\n/);
  assert.not.match(later, /EXCLUDED|← chosen/);
});

test.run();
