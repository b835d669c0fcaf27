import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimal, parse } from "../../experiment/config/testing.ts";
import { arrivalsText } from "./arrivals.ts";

const { workload: log } = parse(minimal);
const release = { release: {} } as never;
const sync = { sync: {} } as never;

test("visits of a release arrive openly, and downloads within a visit follow each other", () => {
  const text = arrivalsText(release, { parallel: 1 });
  assert.match(text, /^Visits arrive at times of the workload, whatever the system does \(open\)/);
  assert.match(
    text,
    "at most 1 download runs at once, and each further one begins when an earlier",
  );
  assert.match(text, "partly open (Schroeder, Wierman and Harchol-Balter");
  assert.not.match(text, "Every replication");
});

test("a log has the same requests in every replication, which intervals do not tell", () => {
  const text = arrivalsText(log, { parallel: 4 });
  assert.match(text, /^Requests come at the log's times/);
  assert.match(text, "at most 4 downloads run at once");
  assert.match(text, "Every replication has the same requests");
  assert.match(text, "intervals hold no uncertainty of the workload");
});

test("where nobody downloads, nobody waits for a turn", () => {
  assert.not.match(arrivalsText(sync, { parallel: 1 }), "closed");
});

test.run();
