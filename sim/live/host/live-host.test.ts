import { setTimeout as pause } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { apply, bindPolicies, Coordinator, seededChance } from "../../coordinator/index.ts";
import { liveHost, POLICIES, requestFrom, SETTINGS } from "./testing.ts";

const REPORT = {
  ...{ uploaded: 0, downloaded: 0, left: 0, completed: [], dropped: [], started: true },
  holds: { below: 10, except: [] },
};

/** With files of 100 B and volunteers that hold them all. */
function running(names = ["a", "b"], settings = {}) {
  const all = liveHost([100, 100, 100], settings);
  const { host } = all;
  const added = [0, 1, 2].map((file) => ({ kind: "added", file }) as const);
  host.changed(added);
  for (const name of names) {
    const bases = [`http://${name}.example/`, `https://${name}.example/`];
    const reach = { ipv4: true, https: true };
    host.announce(host.register(name, { uplink: 10, reach }, bases), REPORT);
  }
  return all;
}

test("a customer is sent to a volunteer, by https if it came by https", () => {
  const { host } = running();
  const asker = host.asker(requestFrom("10.0.0.1"));
  const { kind, volunteer } = host.ask(asker, 1, 100);
  assert.is(kind, "redirect");
  const name = ["a", "b"][volunteer];
  assert.is(host.address(volunteer, asker).base, `http://${name}.example/`);
  const secure = host.asker(requestFrom("10.0.0.1", "curl/8", true));
  assert.is(host.address(volunteer, secure).base, `https://${name}.example/`);
  assert.equal(host.alternatives(asker, 1, 5), [host.address(1 - volunteer, asker)]);
});

test("without an ask the alternatives are all who could serve", () => {
  const { host } = running(["a", "b", "c"]);
  host.leave(1);
  const asker = host.asker(requestFrom("10.0.0.1"));
  assert.equal(
    host
      .alternatives(asker, 1, 5)
      .map(({ volunteer }) => volunteer)
      .sort(),
    [0, 2],
  );
  const firsts = Array.from({ length: 30 }, (_, number) => {
    const another = host.asker(requestFrom("10.0.0.1", `tool ${number}`));
    return host.alternatives(another, 1, 5)[0].volunteer;
  });
  assert.equal([...new Set(firsts)].sort(), [0, 2]); // Not all customers try the same first.
  assert.equal(host.exclusions(asker, 1), [{ name: "b", reason: "has left" }]);
});

test("what is written down gives the same decisions again", () => {
  const { host, records, pass } = running(["a", "b", "c"]);
  for (let number = 0; number < 50; number++) {
    pass(1 + (number % 7));
    const asker = host.asker(requestFrom(`10.0.${number % 3}.1`, `tool ${number % 5}`));
    host.ask(asker, number % 3, 100);
    if (number % 9 === 0) host.delivering()();
    if (number % 10 === 0) host.announce(number % 3, { ...REPORT, started: false });
  }
  const again = new Coordinator({
    settings: SETTINGS,
    policies: bindPolicies(POLICIES),
    chance: seededChance("test"),
    pathOf: () => "",
  });
  let asked = 0;
  for (const record of records) {
    if (record.kind === "began" || record.kind === "named") continue;
    const answer = apply(again, record);
    again.actions.take(() => {});
    if (record.kind !== "asked") continue;
    asked++;
    assert.is(answer?.volunteer, record.answer);
  }
  assert.is(asked, 50);
});

test("no address is written down", () => {
  const { host, records } = running();
  host.ask(host.asker(requestFrom("10.20.30.40", "an agent")), 1, 100);
  const text = JSON.stringify(records);
  assert.not.ok(text.includes("10.20.30.40"));
  assert.not.ok(text.includes("an agent"));
  assert.ok(text.includes("10.0.0.0/8"));
});

test("what the coordinator says is done at once, and what is due with whatever happens next", () => {
  const { host, pass } = running(["a", "b"], { probeEvery: 10 });
  const done: string[] = [];
  host.start((kind, volunteer, subject) => done.push(`${kind} ${volunteer} ${subject}`));
  done.length = 0; // What was to be placed before.
  const asker = host.asker(requestFrom("10.0.0.1"));
  const { volunteer } = host.ask(asker, 1, 100);
  pass(1);
  host.ask(asker, 1, 100);
  assert.equal(done, [`audit ${volunteer} 1`]);
  pass(10);
  host.audited(volunteer, 1, "passed");
  assert.equal(done.slice(1).sort(), ["probe 0 0", "probe 1 0"]);
  host.stop();
});

test("where nothing happens, a timer sees to what is due", async () => {
  const { host, pass } = running(["a"], { probeEvery: 0.05 });
  const done: string[] = [];
  host.start((kind) => done.push(kind));
  done.length = 0;
  pass(0.05);
  await pause(60);
  host.stop();
  assert.ok(done.includes("probe"));
});

test("a delivery ends once", () => {
  const { host, coordinator } = running();
  const end = host.delivering();
  assert.is(coordinator.sending, 1);
  end();
  end();
  assert.is(coordinator.sending, 0);
});

test("changes of the repository reach the coordinator, and the catalogue's version the journal", () => {
  const { host, coordinator, records } = running();
  const asker = host.asker(requestFrom("10.0.0.1"));
  host.changed([
    { kind: "changed", file: 1 },
    { kind: "removed", file: 2 },
  ]);
  assert.equal(records.at(-1), { kind: "named", what: "catalogue", number: 3, name: "1" });
  const { volunteer } = host.ask(asker, 0, 100);
  assert.ok(volunteer >= 0);
  assert.is(host.exclusions(asker, 2).length, 2);
  assert.is(coordinator.survey.volunteers, 2);
});

test("after a restart it serves itself until volunteers announce themselves, and audits anew", () => {
  const { host, coordinator } = running();
  const asker = host.asker(requestFrom("10.0.0.1"));
  host.delivering();
  const { volunteer } = host.ask(asker, 1, 100);
  host.ask(asker, 1, 100); // An audit of the first is asked for, and not done.
  host.resume();
  assert.is(coordinator.sending, 0);
  assert.is(host.ask(asker, 2, 100).kind, "serve");
  const done: string[] = [];
  host.start((kind, node, file) => done.push(`${kind} ${node} ${file}`));
  host.stop();
  assert.ok(done.includes(`audit ${volunteer} 1`));
  host.announce(0, REPORT);
  assert.is(host.ask(asker, 0, 100).volunteer, 0);
});

test("who counts what happens hears of it", () => {
  const { host, heard } = running(["a"]);
  const asker = host.asker(requestFrom("10.0.0.1"));
  host.ask(asker, 1, 100);
  host.ask(asker, 1, 100);
  host.audited(0, 1, "failed");
  host.probed(0, null);
  host.probed(0, 0.1);
  assert.equal(heard, [
    ...["announced", "redirect", "serve", "asked again", "failed", "unanswered", "answered"],
  ]);
});

test("who holds a file of which a swarm has had wrong bytes is audited, nobody else", () => {
  const { host, heard } = running(["a", "b", "c"]);
  host.leave(1);
  const done: string[] = [];
  host.start((kind, volunteer, file) => done.push(`${kind} ${volunteer} ${file}`));
  done.length = 0;
  host.doubtHolders([2]);
  host.stop();
  assert.equal(done, ["audit 0 2", "audit 2 2"]);
  assert.is(heard.at(-1), "corrupt bytes in a swarm");
});

test("mirrors of several files are those that could serve each of them", () => {
  const { host } = running(["a", "b", "c"]);
  host.announce(1, { ...REPORT, holds: { below: 1, except: [] } });
  assert.equal(host.mirrorsOf([0, 1]), ["http://a.example/", "http://c.example/"]);
  assert.equal(host.mirrorsOf([0], 1), ["http://a.example/"]);
});

test.run();
