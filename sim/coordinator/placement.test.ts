import { test } from "uvu";
import * as assert from "uvu/assert";
import { NO_DEMAND, type Random, type ReplicationView } from "../policies/index.ts";
import { coordinatorOf, report } from "./testing.ts";

const LONG_AGO = Number.NEGATIVE_INFINITY;
const NO_LIMIT = Number.POSITIVE_INFINITY;

/** What a policy was shown, as plain data; looking at it all makes it one that is asked again. */
const seen = ({ file, size, age, subtree, demand, volunteers, count }: ReplicationView) => ({
  ...{ file, size, age, subtree, demand },
  volunteers: volunteers
    .slice(0, count)
    .map(({ node, free, volatile: comesAndGoes, availability, given }) => ({
      ...{ node, free, comesAndGoes, availability, given },
    })),
});

/** A coordinator that looks every ten seconds, whose policy chooses as it is told. */
function placing(choose: (view: ReplicationView, random: Random) => readonly number[] = () => []) {
  const views: ReturnType<typeof seen>[] = [];
  const all = coordinatorOf({
    settings: { placeEvery: 10 },
    replication: (view, random) => {
      views.push(seen(view));
      return { copyTo: choose(view, random), reason: "so" };
    },
  });
  /** The last view. */
  const last = () => views.at(-1);
  const free = () => last()?.volunteers.map(({ free }) => free);
  const given = () => last()?.volunteers.map(({ given }) => given);
  return { ...all, views, last, free, given };
}

/** Chooses those of the nodes that it sees. */
const nodes =
  (...chosen: readonly number[]) =>
  (view: ReplicationView) =>
    chosen
      .map((node) => view.volunteers.findIndex((each) => each.node === node))
      .filter((at) => at >= 0);

test("a policy sees a new file as it is, and the volunteers whose mirror covers it, in order", () => {
  const { coordinator, last } = placing();
  coordinator.register(0, { uplink: 1, covers: { below: 5, except: [] } }, 0);
  coordinator.register(1, { uplink: 1, disk: 500, volatile: true, availability: 0.25 }, 0);
  coordinator.register(2, { uplink: 1, covers: { below: 0, except: [] } }, 0);
  coordinator.addFile(0, 30, 2, 6);
  assert.equal(last(), {
    ...{ file: 0, size: 30, age: 4, subtree: 0, demand: NO_DEMAND },
    volunteers: [
      { node: 0, free: NO_LIMIT, comesAndGoes: false, availability: 1, given: 0 },
      { node: 1, free: 500, comesAndGoes: true, availability: 0.25, given: 0 },
    ],
  });
  coordinator.addFile(5, 30, LONG_AGO, 6);
  assert.is(last()?.age, NO_LIMIT);
  assert.equal(last()?.demand, NO_DEMAND);
  assert.is(last()?.subtree, 5); // Each file is at a path of its own here.
  assert.equal(
    last()?.volunteers.map(({ node }) => node),
    [1],
  );
});

test("those that are chosen are told to hold the file, in the order of their numbers, and have it in part", () => {
  const { coordinator, actions } = placing(nodes(2, 0));
  for (const volunteer of [0, 1, 2]) coordinator.register(volunteer, { uplink: 1 }, 0);
  coordinator.addFile(7, 30, 0, 0);
  assert.equal(actions(), ["place 0 7", "place 2 7"]);
  for (const volunteer of [0, 1, 2]) coordinator.announce(volunteer, report(), 0);
  const [excluded] = coordinator.survey.exclusions(7, 0);
  assert.equal(excluded, { volunteer: 1, reason: "does not have the file" });
});

test("a volunteer without room for a file does not get it, whatever the policy says", () => {
  const { coordinator, actions, free } = placing((view) => [...view.volunteers.keys()]);
  coordinator.register(0, { uplink: 1, disk: 100 }, 0);
  coordinator.register(1, { uplink: 1, disk: 69 }, 0);
  coordinator.addFile(0, 70, 0, 0);
  assert.equal(actions(), ["place 0 0"]);
  coordinator.addFile(1, 30, 0, 0);
  assert.equal(free(), [30, 69]);
  assert.equal(actions(), ["place 0 1", "place 1 1"]);
  coordinator.addFile(2, 1, 0, 0);
  assert.equal(free(), [0, 39]);
  assert.equal(actions(), ["place 1 2"]);
});

test("bytes of new releases are given; those of files from long ago are promised only", () => {
  const { coordinator, free, given } = placing(nodes(0));
  coordinator.register(0, { uplink: 1, disk: 100 }, 0);
  coordinator.addFile(0, 10, LONG_AGO, 0);
  coordinator.addFile(1, 20, 0, 0);
  assert.equal([free(), given()], [[90], [0]]);
  coordinator.addFile(2, 1, 0, 0);
  assert.equal([free(), given()], [[70], [20]]);
});

test("what a volunteer has of the file itself is room for the file, and not given", () => {
  const { coordinator, actions, free, given } = placing(nodes(0));
  coordinator.register(0, { uplink: 1, disk: 50 }, 0);
  coordinator.addFile(0, 30, 0, 0);
  actions();
  coordinator.tick(10);
  assert.equal([free(), given()], [[50], [0]]);
  assert.equal(actions(), []); // It has it already.
});

test("files are looked at again at every interval: releases in order, then what was asked for", () => {
  const { coordinator, views } = placing();
  coordinator.register(0, { uplink: 1 }, 0);
  coordinator.addFile(3, 10, 0, 0);
  coordinator.addFile(1, 10, 0, 0);
  for (const file of [5, 4, 6]) coordinator.addFile(file, 10, LONG_AGO, 0);
  for (const file of [6, 4, 4, 1]) coordinator.ask(9, file, 10, 0, 1);
  views.length = 0;
  coordinator.tick(9.9);
  assert.equal(views, []);
  coordinator.tick(10);
  assert.equal(
    views.map(({ file }) => file),
    [3, 1, 4, 6],
  );
  const share = (at: number) => views[at].demand?.share ?? Number.NaN;
  assert.equal(
    [0, 1, 2, 3].map((at) => Math.round(4 * share(at))),
    [0, 1, 2, 1],
  );
  assert.equal(
    views.map(({ demand }) => demand?.rank),
    [3, 1, 0, 2],
  );
  const misses = views.map(({ demand }) => Math.round(demand?.misses ?? -1));
  assert.equal(misses, [0, 1, 2, 1]);
  assert.is(views[0].demand?.files, 7);
  assert.is(views[0].age, 10);
  views.length = 0;
  coordinator.tick(35); // Once, for both that were missed.
  assert.is(views.length, 4);
  views.length = 0;
  coordinator.tick(39);
  assert.equal(views, []);
  coordinator.tick(40);
  assert.is(views.length, 4);
});

test("a policy that looks at nothing that changes is not asked again, unless disks may be full", () => {
  for (const [disk, expected] of [
    [NO_LIMIT, 1],
    [1000, 2],
  ]) {
    let asked = 0;
    const { coordinator } = coordinatorOf({
      settings: { placeEvery: 10 },
      replication: ({ file, size, subtree, volunteers, count }) => {
        asked++;
        const isSeen = [file, size, subtree, volunteers[0].free, volunteers[0].availability, count];
        return { copyTo: isSeen.length > 0 ? [0] : [], reason: "so" };
      },
    });
    coordinator.register(0, { uplink: 1, disk }, 0);
    coordinator.addFile(0, 10, 0, 0);
    coordinator.tick(10);
    assert.is(asked, expected);
  }
});

test("one that looks at age, demand or what was given is asked again", () => {
  for (const field of ["age", "demand", "given"] as const) {
    let asked = 0;
    const { coordinator } = coordinatorOf({
      settings: { placeEvery: 10 },
      replication: (view) => {
        asked++;
        const value = field === "given" ? view.volunteers[0].given : view[field];
        return { copyTo: value === undefined ? [] : [0], reason: "so" };
      },
    });
    coordinator.register(0, { uplink: 1 }, 0);
    coordinator.addFile(0, 10, 0, 0);
    coordinator.tick(10);
    assert.is(asked, 2, field);
  }
});

test("a file is taken back from those that are not chosen any more, who are believed to lack it", () => {
  let chosen = [0, 1];
  const { coordinator, actions, free, given } = placing((view) => nodes(...chosen)(view));
  for (const volunteer of [0, 1]) coordinator.register(volunteer, { uplink: 1, disk: 100 }, 0);
  coordinator.addFile(0, 30, 0, 0);
  for (const volunteer of [0, 1]) coordinator.announce(volunteer, report({ completed: [0] }), 0);
  actions();
  chosen = [1];
  coordinator.tick(10);
  assert.equal(actions(), ["drop 0 0"]);
  const [excluded] = coordinator.survey.exclusions(0, 10);
  assert.equal(excluded, { volunteer: 0, reason: "does not have the file" });
  coordinator.addFile(1, 5, 0, 10);
  assert.equal(
    [free(), given()],
    [
      [100, 70],
      [0, 30],
    ],
  );
});

test("a file that is too large by now is taken back, where there is no room any more", () => {
  const { coordinator, actions } = placing(nodes(0));
  coordinator.register(0, { uplink: 1, disk: 50 }, 0);
  coordinator.addFile(0, 30, 0, 0);
  coordinator.addFile(1, 15, 0, 0);
  actions();
  coordinator.changeFile(0, 36, 5); // 51 B in all.
  coordinator.tick(10);
  assert.equal(actions(), ["drop 0 0"]);
});

test("when a file changes its size, what is promised and given changes with it", () => {
  const { coordinator, free, given } = placing((view) => nodes(view.file)(view));
  for (const volunteer of [0, 1]) coordinator.register(volunteer, { uplink: 1, disk: 100 }, 0);
  coordinator.addFile(0, 30, LONG_AGO, 0);
  coordinator.addFile(1, 20, 0, 0);
  coordinator.changeFile(0, 40, 0);
  coordinator.changeFile(1, 15, 0);
  coordinator.addFile(2, 1, 0, 0);
  assert.equal(
    [free(), given()],
    [
      [60, 85],
      [0, 15],
    ],
  );
});

test("a volunteer that has deleted a file is no longer to hold it, and has the room", () => {
  const { coordinator, actions, free, given } = placing((view) => (view.file === 0 ? [0] : []));
  coordinator.register(0, { uplink: 1, disk: 100 }, 0);
  coordinator.addFile(0, 30, 0, 0);
  coordinator.announce(0, report({ completed: [0] }), 0);
  actions();
  coordinator.announce(0, report({ dropped: [0] }), 1);
  coordinator.announce(0, report({ dropped: [0] }), 2); // It can be told twice.
  const [excluded] = coordinator.survey.exclusions(0, 2);
  assert.equal(excluded, { volunteer: 0, reason: "does not have the file" });
  coordinator.addFile(1, 5, 0, 2);
  assert.equal([free(), given()], [[100], [0]]);
  assert.equal(actions(), []); // Nobody need tell it.
});

test("when a file is removed, those that are to hold it are told to drop it, and have the room", () => {
  const { coordinator, actions, views, free, given } = placing((view) =>
    view.file < 2 ? [0, 1] : [],
  );
  for (const volunteer of [0, 1]) coordinator.register(volunteer, { uplink: 1, disk: 100 }, 0);
  coordinator.register(2, { uplink: 1, covers: { below: 0, except: [] } }, 0);
  coordinator.addFile(0, 30, 0, 0);
  coordinator.addFile(1, 20, LONG_AGO, 0);
  actions();
  coordinator.ask(9, 1, 20, 0, 0);
  coordinator.removeFile(0, 1);
  coordinator.removeFile(1, 1);
  assert.equal(actions(), ["drop 0 0", "drop 1 0", "drop 0 1", "drop 1 1"]);
  views.length = 0;
  coordinator.tick(10); // They are not looked at any more.
  assert.equal(views, []);
  coordinator.addFile(2, 1, 0, 10);
  assert.equal(
    [free()?.slice(0, 2), given()?.slice(0, 2)],
    [
      [100, 100],
      [0, 0],
    ],
  );
  views.length = 0;
  coordinator.tick(20);
  assert.equal(
    views.map(({ file }) => file),
    [2],
  );
});

test("chance is drawn from the start at every look, by the file, and only if it is wanted", () => {
  const draws: number[] = [];
  const { coordinator, names } = placing((view, random) => {
    if (view.file > 0) draws.push(random(), random());
    return [];
  });
  coordinator.register(0, { uplink: 1 }, 0);
  for (const file of [0, 1, 2]) coordinator.addFile(file, 10, 0, 0);
  coordinator.tick(10);
  assert.equal(draws.slice(0, 4), draws.slice(4));
  const wanted = names.filter((name) => name.includes("placement"));
  assert.equal(
    wanted,
    [1, 2, 1, 2].map((file) => `fresh placement of file ${file}`),
  );
});

test("there is room for any number of volunteers", () => {
  const { coordinator, actions } = placing((view) => [0, view.count - 1]);
  for (let volunteer = 0; volunteer < 100; volunteer++)
    coordinator.register(volunteer, { uplink: 1 }, 0);
  coordinator.addFile(0, 10, 0, 0);
  assert.equal(actions(), ["place 0 0", "place 99 0"]);
  for (let volunteer = 100; volunteer < 130; volunteer++)
    coordinator.register(volunteer, { uplink: 1 }, 0);
  coordinator.addFile(1, 10, 0, 0);
  assert.equal(actions(), ["place 0 1", "place 129 1"]);
});

test("a volunteer that registers anew keeps what it was given", () => {
  const { coordinator, free, given } = placing(nodes(0));
  coordinator.register(0, { uplink: 1, disk: 100 }, 0);
  coordinator.addFile(0, 30, 0, 0);
  coordinator.register(0, { uplink: 1, disk: 200 }, 0);
  coordinator.addFile(1, 5, 0, 0);
  assert.equal([free(), given()], [[170], [30]]);
});

test("what is saved is placed elsewhere as here", () => {
  const here = placing((view) => nodes(view.file % 2, 2)(view));
  for (const volunteer of [0, 1, 2])
    here.coordinator.register(volunteer, { uplink: 1, disk: 100 }, 0);
  here.coordinator.addFile(0, 10, LONG_AGO, 0);
  for (const file of [1, 2, 3]) here.coordinator.addFile(file, 10 * file, 0, 0);
  here.coordinator.ask(9, 0, 10, 0, 0);
  here.actions();
  const there = placing((view) => nodes(2)(view));
  there.coordinator.load(here.coordinator.save());
  there.coordinator.tick(10);
  // All of 0 and 1 were theirs: 1 and 3 to 1, 0 and 2 to 0, and all to the third.
  assert.equal(there.actions(), ["drop 1 1", "drop 0 2", "drop 1 3", "drop 0 0"]);
  there.coordinator.addFile(4, 1, 10, 10);
  assert.equal(
    [there.free(), there.given()],
    [
      [100, 100, 30],
      [0, 0, 60],
    ],
  );
  const still = coordinatorOf({ settings: { placeEvery: 10 } });
  still.coordinator.load(here.coordinator.save());
  still.coordinator.tick(10);
  assert.is(still.actions().length, 8); // The other looked at what changes: so it is asked again.
});

test.run();
