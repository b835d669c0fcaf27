import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, policies, policyNamed, UNKNOWN_CLIENT } from "../policies/index.ts";
import { coordinatorOf, redirecting, report } from "./testing.ts";

test("a customer is sent to whom the policy chooses", () => {
  const { coordinator } = redirecting(3, { dispatch: () => ({ to: 1, reason: "the second" }) });
  assert.equal(coordinator.ask(7, 3, 100, 0, 0), {
    ...{ kind: "redirect", volunteer: 1, reason: "the second", retryAfter: 0 },
  });
});

test("or the server delivers", () => {
  const { coordinator } = redirecting(0);
  assert.equal(coordinator.ask(7, 3, 100, 0, 0), {
    ...{ kind: "serve", volunteer: -1, reason: "nobody", retryAfter: 0 },
  });
});

test("or the customer is to come back later, and nothing is kept of it but where it asked from", () => {
  const { coordinator, dispatch, last } = redirecting(1, {
    dispatch: () => ({ to: -1, reason: "busy", retryAfter: 30 }),
  });
  for (const where of [1, 2]) coordinator.locate(where, UNKNOWN_CLIENT, 0);
  assert.equal(coordinator.ask(7, 3, 100, 1, 0), {
    ...{ kind: "later", volunteer: -1, reason: "busy", retryAfter: 30 },
  });
  assert.equal(dispatch.events, []);
  coordinator.ask(8, 3, 100, 2, 0);
  assert.equal([last().candidates[0].transfers, last().candidates[0].redirected], [0, 0]);
  assert.is(last().client.demand, 1 / 2);
  const now = coordinatorOf({ dispatch: () => ({ to: -1, reason: "busy", retryAfter: 0 }) });
  assert.is(now.coordinator.ask(7, 3, 100, 0, 0).kind, "later");
});

test("the policy is told of every customer that is sent somewhere, to the server as well", () => {
  let to = 1;
  const { coordinator, dispatch } = redirecting(2, { dispatch: () => ({ to, reason: "so" }) });
  coordinator.ask(7, 3, 90, 0, 5);
  to = -1;
  coordinator.ask(8, 4, 80, 0, 6);
  assert.equal(dispatch.events, [
    { kind: "redirected", node: 1, customer: 7, file: 3, size: 90, at: 5 },
    { kind: "redirected", node: -1, customer: 8, file: 4, size: 80, at: 6 },
  ]);
});

test("the policy sees the request, the customer and the server", () => {
  const { coordinator, last } = redirecting(2);
  coordinator.beginDelivery(0);
  coordinator.beginDelivery(1);
  coordinator.endDelivery(2);
  coordinator.locate(1, { ...UNKNOWN_CLIENT, site: "campus", country: "DE" }, 2);
  coordinator.ask(7, 3, 90, 1, 5);
  const { now, file, size, customer, count, client, server } = last();
  assert.equal(
    { now, file, size, customer, count },
    { now: 5, file: 3, size: 90, customer: 7, count: 2 },
  );
  assert.equal(client, { ...UNKNOWN_CLIENT, site: "campus", country: "DE", demand: 1 });
  assert.equal(server, { uplink: 1000, sending: 1 });
  coordinator.ask(7, 4, 90, 1, 6);
  assert.equal([last().client.lastNode, last().client.lastAt], [0, 5]);
  coordinator.ask(8, 4, 90, 0, 6);
  assert.equal([last().client.lastNode, last().client.site], [-1, ""]);
});

test("of each candidate the policy sees what is asked for at its site, and its last probe", () => {
  const { coordinator, last } = redirecting(2);
  for (const [volunteer, site] of ["campus", "library"].entries()) {
    coordinator.register(volunteer, { uplink: 10, facts: { site } }, 0);
    coordinator.locate(volunteer + 1, { ...UNKNOWN_CLIENT, site }, 0);
  }
  const seen = () => last().candidates.map(({ facts }) => facts);
  coordinator.ask(7, 3, 90, 1, 0);
  assert.equal(
    seen().map(({ demand }) => demand),
    [1, 0],
  );
  coordinator.ask(8, 3, 90, 2, 0);
  assert.equal(
    seen().map(({ demand }) => demand),
    [1 / 2, 1 / 2],
  );
  // The first is sending 90 B twice at 5 B/s each: it is over with both after 18 s.
  coordinator.probed(0, 0.5, 17);
  coordinator.probed(1, 0.5, 17);
  coordinator.ask(9, 3, 90, 1, 17);
  coordinator.ask(9, 4, 90, 1, 17);
  const told = seen().map(({ latency: { at, transfers, redirects } }) => [
    at,
    transfers,
    redirects,
  ]);
  assert.equal(told, [
    [17, 2, 2],
    [17, 0, 0],
  ]);
  coordinator.probed(0, 0.5, 1000);
  assert.is(seen()[0].latency.transfers, 0); // Nobody asked meanwhile, and all should be over.
});

test("candidates are told as they are now, for the size that is asked for", () => {
  const { coordinator, last } = redirecting(2);
  coordinator.ask(7, 3, 100, 0, 0);
  coordinator.ask(8, 4, 300, 0, 0);
  coordinator.ask(9, 5, 60, 0, 8); // 40 B each since then.
  const [first, second] = last().candidates;
  assert.equal([first.transfers, first.backlog, first.ahead], [2, 60 + 260, 60 + 60]);
  assert.equal([first.redirected, first.given, first.rate, first.foreign], [400, 400, 10, 0]);
  assert.equal([second.transfers, second.backlog, second.ahead, second.given], [0, 0, 0, 0]);
});

test("a customer that is forgotten has nothing in flight", () => {
  const { coordinator, last } = redirecting(1, { settings: { timeout: 1e9 } });
  coordinator.ask(7, 3, 1e9, 0, 0);
  coordinator.ask(8, 3, 1e9, 0, 86_400);
  assert.is(last().candidates[0].transfers, 1);
  coordinator.ask(9, 3, 1e9, 0, 86_401);
  assert.is(last().candidates[0].transfers, 1); // That of the second.
});

test("before anybody has asked, nothing is ahead of a file of no bytes", () => {
  const { coordinator } = redirecting(1);
  coordinator.announce(0, report({ active: 2 }), 0);
  const { foreign, ahead } = coordinator.volunteer(0);
  assert.equal([foreign, ahead], [2, 0]);
});

test("by the rule of the next request, a customer's next request ends its download", () => {
  const { coordinator, last } = redirecting(1, { settings: { inFlight: "next-request" } });
  coordinator.ask(7, 3, 100, 0, 0);
  coordinator.ask(7, 4, 100, 0, 1); // Of which it may run two.
  assert.is(last().candidates[0].transfers, 0);
  const { coordinator: other, last: lastOf } = redirecting(1);
  other.ask(7, 3, 100, 0, 0);
  other.ask(7, 4, 100, 0, 1);
  assert.is(lastOf().candidates[0].transfers, 1);
});

test("candidates are those of whom something is believed about the file, in order, each with what", () => {
  const { coordinator, nodes, beliefs } = redirecting(70, {
    replication: ({ file }) => ({ copyTo: file === 11 ? [2] : [], reason: "so" }),
  });
  coordinator.addFile(10, 100, 0, 0);
  coordinator.addFile(11, 100, 0, 0);
  coordinator.ask(7, 10, 100, 0, 0);
  assert.equal(nodes(), []);
  for (const volunteer of [69, 31, 32, 2])
    coordinator.announce(volunteer, report({ completed: [10] }), 0);
  coordinator.audited(32, 10, "passed", 0);
  coordinator.ask(7, 10, 100, 0, 0);
  assert.equal(nodes(), [2, 31, 32, 69]);
  assert.equal(beliefs(), ["listed", "listed", "verified", "listed"]);
  coordinator.changeFile(10, 200, 1);
  coordinator.announce(31, report({ completed: [10] }), 1);
  coordinator.ask(7, 10, 100, 0, 1);
  assert.equal(beliefs(), ["stale", "listed", "stale", "stale"]);
  coordinator.ask(7, 11, 100, 0, 1);
  assert.equal([nodes(), beliefs()], [[2], ["partial"]]);
});

test("who does not announce itself, has left or did not answer is no candidate", () => {
  const { coordinator, nodes } = redirecting(5);
  for (const volunteer of [0, 2, 3, 4]) coordinator.announce(volunteer, report(), 50);
  coordinator.leave(2, 60);
  coordinator.complain(7, 3, 3, "gone", 0, 60);
  coordinator.probed(4, null, 60);
  coordinator.ask(7, 3, 100, 0, 100);
  assert.equal(nodes(), [0, 1]); // The second has announced itself 100 s ago.
  coordinator.ask(7, 3, 100, 0, 101);
  assert.equal(nodes(), [0]);
  coordinator.announce(2, report(), 101);
  coordinator.announce(3, report(), 101);
  coordinator.announce(4, report(), 101);
  coordinator.ask(7, 3, 100, 0, 101);
  assert.equal(nodes(), [0, 2, 3, 4]);
});

test("who may not serve is no candidate, and is audited when its policy asks", () => {
  const trust = () => bind(policyNamed(policies.trust, "verified-only"));
  const { coordinator, nodes, actions } = redirecting(2, { policies: { trust } });
  coordinator.ask(7, 3, 100, 0, 0);
  assert.equal(nodes(), []);
  assert.equal(actions(), ["audit 0 3", "audit 1 3"]);
  coordinator.audited(1, 3, "passed", 1);
  coordinator.ask(7, 3, 100, 0, 1);
  assert.equal(nodes(), [1]);
});

test("who is chosen is audited, where its policy asks for a sample", () => {
  const trust = () => bind(policyNamed(policies.trust, "sampled-audit"), { share: 1 });
  const { coordinator, actions } = redirecting(3, {
    policies: { trust },
    dispatch: () => ({ to: 1, reason: "so" }),
  });
  coordinator.ask(7, 3, 100, 0, 0);
  assert.equal(actions(), ["audit 1 3"]);
});

test("for each volunteer that is no candidate there is a reason, the first that holds", () => {
  const trust = () => bind(policyNamed(policies.trust, "verified-only"));
  const { coordinator, actions, nodes } = redirecting(7, { policies: { trust } });
  coordinator.audited(0, 3, "passed", 0);
  coordinator.announce(1, report({ dropped: [3] }), 0);
  coordinator.leave(1, 0);
  coordinator.leave(2, 0);
  coordinator.probed(2, null, 0);
  coordinator.probed(3, null, 0);
  for (const volunteer of [0, 5]) coordinator.announce(volunteer, report(), 50);
  coordinator.register(7, { uplink: 1, caches: true }, 50); // Has not announced itself yet.
  coordinator.register(8, { uplink: 1, caches: true }, 50);
  coordinator.announce(8, report(), 50);
  const before = coordinator.save();
  assert.equal(coordinator.survey.exclusions(3, 101), [
    { volunteer: 1, reason: "does not have the file" },
    { volunteer: 2, reason: "has left" },
    { volunteer: 3, reason: "did not answer" },
    { volunteer: 4, reason: "has not announced itself" },
    { volunteer: 5, reason: "not verified" },
    { volunteer: 6, reason: "has not announced itself" },
    { volunteer: 7, reason: "has not announced itself" },
    { volunteer: 8, reason: "not verified" },
  ]);
  assert.equal(coordinator.save(), before);
  assert.equal(actions(), []);
  coordinator.ask(9, 3, 100, 0, 101);
  assert.equal(nodes(), [0]);
  const trusting = redirecting(1);
  assert.equal(trusting.coordinator.survey.exclusions(3, 0), []);
});

test("chance of decisions goes on from one to the next", () => {
  const draws: number[] = [];
  const { coordinator, names } = redirecting(0, {
    dispatch: (_, random) => {
      draws.push(random());
      return { to: -1, reason: "so" };
    },
  });
  for (const customer of [1, 2, 3]) coordinator.ask(customer, 3, 100, 0, 0);
  assert.equal(draws, [0.125, 0.25, 0.375]);
  assert.equal(names.filter((name) => !name.startsWith("fresh")).toSorted(), ["dispatch", "trust"]);
});

test.run();
