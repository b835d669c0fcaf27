import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { bind, policies, policyNamed } from "../policies/index.ts";
import type { Observer } from "./events.ts";
import { simulate } from "./simulation.ts";
import { HONEST } from "./system.ts";
import {
  type Ask,
  changing,
  logging,
  namedPolicies,
  successor,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "./testing.ts";
import { unitHash } from "./volunteers.ts";

type Changes = Parameters<typeof tinySystem>[0];

/** A second apart, customers from 0 on ask for a file of 100 B, which takes 5 s of any volunteer. */
const crowd = (customers: number, from = 0): Ask[] =>
  Array.from({ length: customers }, (_, at) => [from + at, at, 0] as const);

function storyOf(
  redirectors: number,
  changes: Changes,
  asks: readonly Ask[],
  chosen = namedPolicies("join-idle-queue"),
): string[] {
  const log: string[] = [];
  const system = tinySystem({ ...changes, server: { ...TINY_SERVER, redirectors } });
  const workload = tinyWorkload([100], asks, { window: 300 });
  simulate(tinyRun({ system, workload, policies: chosen }), logging(log));
  return log;
}

/** Whom each request was sent to, by its number. */
function nodesIn(log: readonly string[]): string[] {
  return log.flatMap((line) => /request \d+ to (.*)$/.exec(line)?.[1] ?? []);
}

/** Which of so many redirectors a customer asks. */
const redirectorOf = (customer: number, count: number): number =>
  Math.floor(count * unitHash(999_979, customer));

test("each redirector knows its own redirects only, so that customers of two meet at one volunteer", () => {
  // Three at once at three volunteers: whoever sees all redirects finds an idle one each time.
  const asks = crowd(12).map(([, customer], at): Ask => [10 * Math.floor(at / 3), customer, 0]);
  const groups = (nodes: readonly string[]) =>
    [0, 3, 6, 9].map((at) => new Set(nodes.slice(at, at + 3)).size);
  assert.equal(groups(nodesIn(storyOf(1, { volunteers: [{ count: 3 }] }, asks))), [3, 3, 3, 3]);
  const several = groups(nodesIn(storyOf(4, { volunteers: [{ count: 3 }] }, asks)));
  assert.ok(
    several.some((distinct) => distinct < 3),
    several.join(),
  );
});

test("a customer asks the same redirector again, which remembers whom it was sent to", () => {
  const turns = namedPolicies("round-robin");
  // Round robin goes on by turns at each redirector: customers of one alternate, whatever others do.
  const customers = Array.from({ length: 40 }, (_, customer) => customer);
  const asks = customers.map((customer): Ask => [6 * customer, customer, 0]);
  const nodes = nodesIn(storyOf(4, { volunteers: [{ count: 2 }] }, asks, turns));
  for (let redirector = 0; redirector < 4; redirector++) {
    const own = customers.filter((customer) => redirectorOf(customer, 4) === redirector);
    assert.ok(own.length > 4, `redirector ${redirector} has ${own.length} customers`);
    const sent = own.map((customer) => nodes[customer]);
    assert.equal(
      sent,
      sent.map((_, at) => sent[at % 2]),
    );
    assert.is(new Set(sent).size, 2);
  }
});

test("what volunteers announce reaches all redirectors", () => {
  // They hold the file from 0 s on; whoever has not heard of it lets the server deliver.
  const nodes = nodesIn(storyOf(8, { volunteers: [{ count: 2 }] }, crowd(60, 1)));
  assert.is(nodes.filter((node) => node === "server").length, 0);
});

test("what the server sends itself is known to all", () => {
  const seen: number[] = [];
  const own = {
    ...namedPolicies("origin-only"),
    dispatch: () => ({
      ...namedPolicies("origin-only").dispatch(),
      decide: ({ server }: { readonly server: { readonly sending: number } }) => {
        seen.push(server.sending);
        return { to: -1, reason: "none" };
      },
    }),
  };
  storyOf(4, {}, crowd(4), own); // 10 B/s for 100 B: none ends before the last begins.
  assert.equal(seen, [0, 1, 2, 3]);
});

test("volunteers are told once what to hold, and each copy is audited once", () => {
  const trust = policyNamed(policies.trust, "sampled-audit");
  const audited = { ...namedPolicies("random"), trust: () => bind(trust, { share: 1 }) };
  const bad = { conduct: { ...HONEST, corrupts: 1 } };
  const asks = [...crowd(10), ...crowd(10, 200)];
  const of = (redirectors: number) => storyOf(redirectors, { volunteers: [bad] }, asks, audited);
  const audits = (log: readonly string[]) => log.filter((line) => line.includes("an audit"));
  const [one, many] = [of(1), of(4)];
  assert.equal([audits(one).length, audits(many).length], [1, 1]);
  // What came of it reaches all: after the first failed audit, nobody is sent there.
  const first = many.findIndex((line) => line.includes("failed an audit"));
  assert.equal(nodesIn(many.slice(first + 1)), Array(10).fill("server"));
});

test("of complaints each knows those of its own customers", () => {
  const random = namedPolicies("random").dispatch;
  const failures: number[] = [];
  const seeing: typeof random = () => {
    const bound = random();
    return {
      ...bound,
      decide(view, draw) {
        failures.push(view.candidates[0].facts.failures);
        return bound.decide(view, draw);
      },
    };
  };
  const bad = { conduct: { ...HONEST, corrupts: 1 } };
  // Each finds after 5 s that its bytes are wrong, and the server delivers.
  const asks = Array.from({ length: 24 }, (_, customer): Ask => [10 * customer, customer, 0]);
  storyOf(3, { volunteers: [bad] }, asks, { ...namedPolicies("random"), dispatch: seeing });
  const earlierAtTheSame = asks.map(
    ([, customer]) =>
      asks.filter(
        ([, other]) => other < customer && redirectorOf(other, 3) === redirectorOf(customer, 3),
      ).length,
  );
  assert.equal(failures, earlierAtTheSame);
  assert.is(new Set(asks.map(([, customer]) => redirectorOf(customer, 3))).size, 3);
});

test("what the first has told a volunteer to fetch, the others do not know before it is announced", () => {
  const seen: (readonly string[])[] = [];
  const watch = (): Observer => ({
    considered: ({ candidates, count }) => {
      seen.push(candidates.slice(0, count).map(({ belief }) => belief));
    },
  });
  // Released at 20 s, fetched at 500 s and announced within 100 s of that.
  const system = tinySystem({ server: { ...TINY_SERVER, redirectors: 2 } });
  const customers = Array.from({ length: 8 }, (_, customer) => customer);
  const asks = [50, 800].flatMap((from) => crowd(8, from));
  const workload = tinyWorkload([100], asks, { released: { 0: 20 }, window: 1000 });
  simulate(tinyRun({ system, workload }), watch);
  const told = (first: string, others: readonly string[]) =>
    customers.map((customer) => (redirectorOf(customer, 2) === 0 ? [first] : others));
  assert.equal(seen, [...told("partial", []), ...told("listed", ["listed"])]);
});

test("a policy that takes over does so at each redirector, with a memory of its own", () => {
  const system = changing(tinySystem({ server: { ...TINY_SERVER, redirectors: 3 } }), [{ at: 50 }]);
  let bound = 0;
  const counted = {
    ...successor(),
    bound: () => {
      bound++;
      return successor().bound();
    },
  };
  const log: string[] = [];
  const workload = tinyWorkload([100], [...crowd(9), ...crowd(9, 60)], { window: 300 });
  simulate(tinyRun({ system, workload, successors: [counted] }), logging(log));
  assert.is(bound, 3);
  assert.equal(nodesIn(log).slice(9), Array(9).fill("server"));
});

test("each redirector draws by streams of its own, and the first by those that one alone has", () => {
  const namesOf = (redirectors: number) => {
    const names = new Set<string>();
    const system = tinySystem({ server: { ...TINY_SERVER, redirectors } });
    const drawn = (name: string) => {
      names.add(name);
      return streams(1)(name);
    };
    const workload = tinyWorkload([100], crowd(9), { window: 300 });
    simulate(tinyRun({ system, workload, streams: drawn }), logging([]));
    return names;
  };
  const [one, three] = [namesOf(1), namesOf(3)];
  const added = [...three].filter((name) => !one.has(name)).sort();
  const own = ["dispatch", "trust"];
  assert.equal(
    added,
    [1, 2].flatMap((number) => own.map((name) => `redirector ${number} ${name}`)),
  );
});

test.run();
