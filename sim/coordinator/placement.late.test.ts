import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ReplicationView } from "../policies/index.ts";
import { coordinatorOf, report } from "./testing.ts";

const LONG_AGO = Number.NEGATIVE_INFINITY;

/** A coordinator that looks every ten seconds; all volunteers are to hold everything. */
function everywhere() {
  const asked: number[] = [];
  const all = coordinatorOf({
    settings: { placeEvery: 10 },
    replication: ({ file, count }: ReplicationView) => {
      asked.push(file);
      return { copyTo: Array.from({ length: count }, (_, at) => at), reason: "all" };
    },
  });
  for (const file of [0, 1]) all.coordinator.addFile(file, 10, LONG_AGO, 0);
  all.coordinator.addFile(2, 10, 0, 0);
  asked.length = 0;
  return { ...all, asked };
}

test("a volunteer that comes after the files is told at the next look which of them it is to hold", () => {
  const { coordinator, actions, asked } = everywhere();
  coordinator.register(0, { uplink: 1 }, 5);
  assert.equal(actions(), []);
  coordinator.removeFile(1, 6);
  coordinator.tick(10);
  assert.equal(actions(), ["place 0 0", "place 0 2"]);
  assert.equal(asked, [0, 2]);
  coordinator.tick(20); // Once: nobody has come since, and the policy looks at nothing that changes.
  assert.equal(asked, [0, 2]);
  coordinator.register(1, { uplink: 1, covers: { below: 2, except: [] } }, 21);
  coordinator.tick(30);
  assert.equal(actions(), ["place 1 0"]);
});

test("what customers have asked for counts, when all files are looked at", () => {
  const ranks: (number | undefined)[] = [];
  const { coordinator } = coordinatorOf({
    settings: { placeEvery: 10 },
    replication: ({ file, demand }) => {
      ranks[file] = demand?.rank;
      return { copyTo: [], reason: "nobody" };
    },
  });
  for (const file of [0, 1, 2]) coordinator.addFile(file, 10, LONG_AGO, 0);
  for (const file of [1, 1, 0]) coordinator.ask(9, file, 10, 0, 0);
  coordinator.register(0, { uplink: 1 }, 5);
  coordinator.tick(10);
  assert.equal(ranks, [1, 0, 2]);
});

test("a volunteer that covers less than before is told to drop the rest", () => {
  const { coordinator, actions } = everywhere();
  for (const volunteer of [0, 1]) coordinator.register(volunteer, { uplink: 1, disk: 100 }, 5);
  coordinator.tick(10);
  coordinator.announce(0, report({ completed: [0, 1, 2] }), 11);
  actions();
  coordinator.register(0, { uplink: 1, disk: 100, covers: { below: 1, except: [] } }, 12);
  coordinator.tick(20);
  assert.equal(actions(), ["drop 0 1", "drop 0 2"]);
  assert.equal(coordinator.survey.exclusions(2, 20)[0], {
    volunteer: 0,
    reason: "does not have the file",
  });
  coordinator.tick(30);
  assert.equal(actions(), []);
});

test("volunteers that come before the first file change nothing by that", () => {
  const { coordinator, actions } = coordinatorOf({
    settings: { placeEvery: 10 },
    replication: () => ({ copyTo: [0], reason: "the first" }),
  });
  coordinator.register(0, { uplink: 1 }, 0);
  coordinator.addFile(0, 10, LONG_AGO, 0);
  assert.equal(actions(), ["place 0 0"]);
  const { isOutdated, reads } = coordinator.save().placement;
  assert.equal([isOutdated, reads], [false, false]);
});

test("a release is looked at until it is removed, whatever else is", () => {
  const files: number[] = [];
  const { coordinator } = coordinatorOf({
    settings: { placeEvery: 10 },
    replication: ({ file, age }) => {
      files.push(file);
      return { copyTo: [], reason: `at ${age}` };
    },
  });
  coordinator.register(0, { uplink: 1 }, 0);
  for (const file of [0, 1, 2]) coordinator.addFile(file, 10, 0, 0);
  coordinator.addFile(3, 10, LONG_AGO, 0);
  coordinator.removeFile(3, 1);
  coordinator.removeFile(0, 1);
  assert.equal([...coordinator.save().placement.released], [1, 2]);
  files.length = 0;
  coordinator.tick(10);
  assert.equal(files, [1, 2]);
});

test("what a volunteer could be sent for is not missed", () => {
  const misses: (number | undefined)[] = [];
  const { coordinator } = coordinatorOf({
    settings: { placeEvery: 10 },
    replication: ({ demand }) => {
      misses.push(demand?.misses);
      return { copyTo: [], reason: "so" };
    },
  });
  coordinator.register(0, { uplink: 1 }, 0);
  coordinator.addFile(0, 10, 0, 0);
  coordinator.ask(1, 0, 10, 0, 0);
  coordinator.announce(0, report({ completed: [0] }), 0);
  coordinator.ask(2, 0, 10, 0, 0);
  coordinator.ask(3, 0, 10, 0, 0);
  coordinator.tick(10);
  const kept = Math.exp(-10 / 86_400);
  assert.equal([misses[0], Math.abs((misses[1] ?? 0) - kept) < 1e-12], [0, true]);
});

test("that a volunteer has come is saved", () => {
  const here = everywhere();
  here.coordinator.register(0, { uplink: 1 }, 5);
  const there = coordinatorOf({
    settings: { placeEvery: 10 },
    replication: () => ({ copyTo: [0], reason: "the first" }),
  });
  there.coordinator.load(here.coordinator.save());
  there.coordinator.tick(10);
  assert.equal(there.actions(), ["place 0 0", "place 0 1", "place 0 2"]);
});

test.run();
