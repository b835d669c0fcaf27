import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Offer } from "../../coordinator/index.ts";
import { SERVER, SWARM } from "../../policies/index.ts";
import { NOW, withDesk } from "./testing.ts";

test("a volunteer registers what it offers, with what its operator has said of it", () =>
  withDesk(
    async (desk) => {
      desk.repository.put("a/x.deb", Buffer.alloc(1));
      desk.repository.put("b/y.deb", Buffer.alloc(1));
      const { status, answer } = await desk.register({
        ...{ urls: ["https://alpha.example/repo", "http://alpha.example/repo/"], uplink: 5e6 },
        ...{ disk: 1e9, shared: 2e6, caches: true, covers: ["/b/"], volatile: true },
        ...{ availability: 0.5, ipv6: true },
      });
      assert.is(status, 200);
      assert.equal(answer, { interval: 30, time: NOW + 10_000, manifest: 2 });
      const offer = {
        ...{ uplink: 4e6, shared: 2e6, facts: { site: "north" }, caches: true, disk: 1e9 },
        ...{ volatile: true, availability: 0.5, covers: { bitmap: Uint32Array.of(2) } },
        reach: { https: true, ipv4: true, ipv6: true },
      };
      const bases = ["https://alpha.example/repo/", "http://alpha.example/repo/"];
      assert.equal(desk.host.told, [["register", "alpha", offer, bases]]);
    },
    {
      interval: 30,
      volunteers: [
        { name: "alpha", token: "token of alpha", facts: { site: "north" }, uplink: 4e6 },
      ],
    },
  ));

test("what a registration does not say is left to the coordinator", () =>
  withDesk(async (desk) => {
    await desk.register({ ipv4: false });
    const offer = { uplink: 1e6, reach: { https: false, ipv4: false, ipv6: false } };
    assert.equal(desk.host.told[0].slice(1), ["alpha", offer, ["http://alpha.example/"]]);
    await desk.register({ covers: [] });
    assert.equal(desk.host.told[1][2], {
      ...{ uplink: 1e6, reach: { https: false, ipv4: true, ipv6: false } },
      covers: { bitmap: new Uint32Array(0) },
    });
  }));

test("an announce is told in numbers; paths of nobody are counted", () =>
  withDesk(async (desk) => {
    for (const path of ["a", "b", "c"]) desk.repository.put(path, Buffer.alloc(10));
    await desk.register();
    const { status, answer } = await desk.announce({
      ...{ uploaded: 5, downloaded: 7, left: 9, active: 2, started: true },
      ...{ completed: ["c", "nothing", "a"], dropped: ["b", "../b"], holds: { paths: ["b", "z"] } },
      receipts: [
        { address: "10.0.0.1", agent: "apt", path: "a", bytes: 11, ago: 1 },
        { address: "10.0.0.22", agent: "", path: "b", bytes: 3, ago: 2.5 },
        { address: "10.0.0.1", agent: "apt", path: "?", bytes: 3, ago: 2 },
      ],
    });
    assert.is(status, 200);
    const facts = { interval: 60, time: NOW + 10_000, manifest: 3 };
    assert.equal(answer, { ...facts, unknown: 4, commands: [] });
    const report = {
      ...{ uploaded: 5, downloaded: 7, left: 9, started: true, active: 2 },
      ...{ completed: [2, 0], dropped: [1], holds: { bitmap: Uint32Array.of(2) } },
      receipts: [
        { customer: 900, file: 1, bytes: 3, endedAt: 997.5 },
        { customer: 803, file: 0, bytes: 10, endedAt: 999 }, // No more than the file has.
      ],
    };
    assert.equal(desk.host.of("announce"), [["announce", 0, report]]);
    assert.is(desk.desk.counts.announces, 1);
    assert.is(desk.desk.counts.unknownPaths, 4);
  }));

test("an announce that says little is told so", () =>
  withDesk(async (desk) => {
    await desk.register();
    await desk.announce();
    const report = { uploaded: 0, downloaded: 0, left: 0, started: false };
    assert.equal(desk.host.told[1], ["announce", 0, { ...report, completed: [], dropped: [] }]);
  }));

test("whoever holds all of a version does not hold what has changed since", () =>
  withDesk(async (desk) => {
    for (let i = 0; i < 200; i++) desk.repository.put(`f${i}`, Buffer.alloc(1));
    desk.repository.put("f7", Buffer.alloc(2));
    desk.repository.put("new", Buffer.alloc(2));
    await desk.register();
    await desk.announce({ holds: { manifest: 200, except: ["f9", "f3"] } });
    const held = { below: 201, except: [3, 7, 9, 200] };
    const [, , report] = desk.host.told[1];
    assert.equal((report as { holds: unknown }).holds, held);
  }));

test("many exceptions are told as bits", () =>
  withDesk(async (desk) => {
    for (const path of ["a", "b", "c", "d"]) desk.repository.put(path, Buffer.alloc(1));
    await desk.register();
    await desk.announce({ holds: { manifest: 4, except: ["c"] } });
    const [, , report] = desk.host.told[1];
    assert.equal((report as { holds: unknown }).holds, { bitmap: Uint32Array.of(0b1011) });
  }));

test("a version that is not there yet, or too old to know, is refused", () =>
  withDesk(async (desk) => {
    for (const path of ["a", "b", "c"]) desk.repository.put(path, Buffer.alloc(1));
    desk.repository.oldest = 2;
    await desk.register();
    const future = await desk.announce({ holds: { manifest: 4 } });
    assert.is(future.status, 400);
    assert.equal(future.answer.errors, ["holds.manifest: expected at most 3; got 4"]);
    const past = await desk.announce({ holds: { manifest: 1 } });
    assert.is(past.status, 400);
    assert.match(past.answer.errors[0], "version 1 is too old");
    assert.equal(desk.host.of("announce"), []);
  }));

test("commands come with the answer until they are done", () =>
  withDesk(async (desk) => {
    const file = desk.repository.put("pool/a b+1.deb", Buffer.from("abc"));
    const other = desk.repository.put("old", Buffer.from("abc"));
    await desk.register();
    // What the announce itself has the coordinator decide comes with its answer.
    desk.host.onAnnounce = () => desk.take("place", file);
    desk.take("drop", other);
    const { answer } = await desk.announce();
    desk.host.onAnnounce = () => {};
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2
    const from = ["http://server.example/pool/a%20b%2B1.deb"];
    const commands = [
      { id: 0, do: "fetch", path: "pool/a b+1.deb", size: 3, sha256, from },
      { id: 5, do: "drop", path: "old" },
    ];
    assert.equal(answer.commands, commands);
    assert.equal((await desk.announce()).answer.commands, commands);
    const done = await desk.announce({ completed: ["pool/a b+1.deb"], dropped: ["old"] });
    assert.equal(done.answer.commands, []);
  }));

test("commands that it has begun are told again only when it starts anew", () =>
  withDesk(async (desk) => {
    const file = desk.repository.put("a", Buffer.from("abc"));
    await desk.register();
    desk.take("place", file);
    assert.is((await desk.announce()).answer.commands.length, 1);
    assert.equal((await desk.announce({ began: [0, 77] })).answer.commands, []);
    assert.equal((await desk.announce()).answer.commands, []);
    assert.is((await desk.announce({ started: true })).answer.commands.length, 1);
  }));

test("a volunteer that leaves is told nothing", () =>
  withDesk(async (desk) => {
    const file = desk.repository.put("a", Buffer.from("abc"));
    await desk.register();
    desk.take("place", file);
    const { answer } = await desk.announce({ leaving: true });
    assert.equal(answer.commands, []);
    assert.equal(
      desk.host.told.map(([what]) => what),
      ["register", "announce", "leave"],
    );
  }));

test("when to synchronise, and how fast, is asked for where there is a policy", () =>
  withDesk(async (desk) => {
    await desk.register();
    const pending = { pendingFiles: 3, pendingBytes: 30, capacity: 1e6, delivering: 10 };
    const waiting = { synchronisation: { state: "waiting", ...pending } };
    await desk.announce(waiting);
    assert.equal(desk.host.of("planSync"), []);
    desk.host.plansSync = true;
    await desk.announce({
      synchronisation: { ...waiting.synchronisation, releasedAt: desk.wall / 1000 - 100 },
    });
    assert.equal(desk.host.of("planSync"), [
      ["planSync", 0, { ...pending, releasedAt: 900 }, 1000],
    ]);
    desk.take("synchronise", SERVER);
    const told = await desk.announce(waiting);
    assert.is(desk.host.of("planSync").length, 1, "it has been told when: now");
    const command = { id: 6, do: "synchronise", over: "http", from: ["http://server.example/"] };
    assert.equal(told.answer.commands, [command]);
    desk.host.pace = 5000;
    const running = { synchronisation: { state: "running", ...pending } };
    const { answer } = await desk.announce(running);
    assert.equal(answer.commands, []);
    assert.is(answer.atMost, 5000);
    desk.host.pace = Number.POSITIVE_INFINITY;
    assert.is((await desk.announce(running)).answer.atMost, undefined);
    assert.equal(desk.host.of("beganSync"), [["beganSync", 0]], "once");
    const { running: saved } = desk.desk.save();
    assert.equal(saved, [0]);
    const look = { ...pending, releasedAt: Number.NEGATIVE_INFINITY };
    assert.equal(desk.host.of("paceSync"), [
      ["paceSync", 0, look],
      ["paceSync", 0, look],
    ]);
    await desk.announce(waiting);
    await desk.announce(running);
    assert.is(desk.host.of("beganSync").length, 2, "another one");
    await desk.announce({ ...running, leaving: true });
    await desk.announce(running);
    assert.is(desk.host.of("beganSync").length, 3, "and one after a pause");
  }));

test("what is released in the future is released now", () =>
  withDesk(async (desk) => {
    desk.host.plansSync = true;
    await desk.register();
    const pending = { pendingFiles: 3, pendingBytes: 30, capacity: 1e6, delivering: 10 };
    const releasedAt = desk.wall / 1000 + 100;
    await desk.announce({ synchronisation: { state: "waiting", ...pending, releasedAt } });
    const [, , look] = desk.host.of("planSync")[0];
    assert.is((look as { releasedAt: number }).releasedAt, 1000);
  }));

test("a volunteer that was synchronising before a restart has not begun again after it", () =>
  withDesk(async (desk) => {
    desk.host.plansSync = true;
    desk.desk.load({ commands: [], running: [0] });
    await desk.register();
    const pending = { pendingFiles: 3, pendingBytes: 30, capacity: 1e6, delivering: 10 };
    await desk.announce({ synchronisation: { state: "running", ...pending } });
    assert.equal(desk.host.of("beganSync"), []);
  }));

test("nothing is answered before it has been written down", () =>
  withDesk(async (desk) => {
    desk.host.unwritten = [];
    let isAnswered = false;
    const answered = desk.register().then(() => {
      isAnswered = true;
    });
    while (desk.host.unwritten.length === 0) await new Promise((then) => setTimeout(then, 1));
    await new Promise((then) => setTimeout(then, 20));
    assert.not(isAnswered);
    for (const then of desk.host.unwritten) then();
    await answered;
  }));

test("a volunteer covers folders, as far as there are files in them", () =>
  withDesk(async (desk) => {
    for (const path of ["a/b/c", "a/bc", "a/b/d", "e"]) desk.repository.put(path, Buffer.alloc(1));
    desk.repository.remove(2);
    const bits = [["a/b"], ["/a/"], ["b"], ["/"], ["e"]];
    for (const covers of bits) await desk.register({ covers });
    const covered = desk.host.told.map(([, , offer]) => (offer as Offer).covers);
    assert.equal(
      covered,
      [[0b1], [0b11], [], [0b1011], []].map((words) => ({ bitmap: Uint32Array.from(words) })),
    );
  }));

test("where to synchronise from is told by address", () =>
  withDesk(async (desk) => {
    await desk.register();
    desk.take("synchronise", 0);
    desk.take("synchronise", SWARM);
    const { answer } = await desk.announce();
    assert.equal(answer.commands, [
      { id: 10, do: "synchronise", over: "swarm", from: ["http://server.example/"] },
    ]);
    desk.take("synchronise", 0);
    const again = await desk.announce({ began: [10] });
    const from = ["http://alpha.example/", "http://server.example/"];
    assert.equal(again.answer.commands, [{ id: 14, do: "synchronise", over: "http", from }]);
    assert.equal((await desk.announce({ began: [14] })).answer.commands, []);
  }));

test("what volunteers are to be told survives a restart", () =>
  withDesk(async (desk) => {
    const file = desk.repository.put("a", Buffer.from("abc"));
    desk.take("place", file);
    desk.take("drop", 40);
    desk.take("synchronise", SERVER);
    const saved = desk.desk.save();
    await withDesk(async (later) => {
      later.repository.put("a", Buffer.from("abc"));
      later.desk.load(saved);
      later.desk.settle(0, { completed: [], dropped: [40], started: false });
      await later.register();
      const { answer } = await later.announce();
      assert.equal(
        answer.commands.map((command) => command.do),
        ["synchronise", "fetch"],
      );
    });
  }));

test("the document of the protocol is served", () =>
  withDesk(async (desk) => {
    const url = `http://127.0.0.1:${desk.port}/-/openapi.yaml`;
    const response = await fetch(url);
    assert.is(response.headers.get("content-type"), "application/yaml");
    assert.match(await response.text(), "openapi: 3.1.0");
    assert.is((await fetch(url, { method: "POST" })).status, 405);
    assert.is((await fetch(`${url}x`)).status, 404, "what is not its own is left to others");
  }));

test.run();
