import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimal, parse, problemsIn } from "./testing.ts";

const withMargins = (margins: string) => `${minimal}check: { margins: { ${margins} } }\n`;

test("margins are shares, or amounts in the metric's unit", () => {
  const text = withMargins(
    "server.bytes: 5 MB, delay.p95: 2.5 %, delay.mean: 1 min, volunteers.jain: 0.02, sync.hours: 30 min",
  );
  assert.equal(parse(text).check, {
    margins: {
      "server.bytes": { absolute: 5e6 },
      "delay.mean": { absolute: 60 },
      "delay.p95": { relative: 0.025 },
      "volunteers.jain": { absolute: 0.02 },
      "sync.hours": { absolute: 0.5 },
    },
    replications: null,
  });
  const few = parse(`${minimal}check: { replications: 3 }\n`).check;
  assert.equal(few, { margins: null, replications: 3 });
});

test("an experiment without a check has none, so that its results keep their name", () => {
  assert.not.ok("check" in parse(minimal));
});

test("mistakes are told with the nearest name and the unit", () => {
  const [unknown] = problemsIn(withMargins("dely.p95: 2 %"));
  assert.match(unknown, /unknown field: dely\.p95; known: .*delay\.p95/s);
  assert.match(unknown, /did you mean 'delay\.p95'/);
  assert.match(problemsIn(withMargins("delay.p95: -1 s"))[0], /not in \[0, ∞\) s/);
  assert.match(problemsIn(withMargins("delay.p95: 2 MB"))[0], /unknown unit: MB/);
  assert.match(
    problemsIn(withMargins("server.bytes: 5"))[0],
    "invalid server.bytes: 5; expected a size with its unit, such as 5 MB",
  );
  assert.match(problemsIn(withMargins("delay.p95: 2 h, delay.mean: -1 s"))[0], "not in [0, ∞) s");
  assert.equal(parse(withMargins("requests.failed: 0, delay.p95: 0")).check?.margins, {
    "delay.p95": { absolute: 0 },
    "requests.failed": { absolute: 0 },
  });
  assert.match(problemsIn(withMargins("volunteers.jain: a lot"))[0], /a share such as 5 %/);
  assert.match(problemsIn(withMargins("requests.total: 2 %"))[0], /unknown field: requests\.total/);
  assert.match(problemsIn(`${minimal}check: { replications: 0 }\n`)[0], /not in \[1, 10000\]/);
});

test.run();
