import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Observer } from "../model/events.ts";
import { simulate, type World } from "../model/simulation.ts";
import {
  comesAndGoes,
  logging,
  namedPolicies,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../model/testing.ts";
import type { DispatchView } from "../policies/index.ts";
import { Both } from "./both.ts";

const run = () =>
  tinyRun({
    system: tinySystem({
      server: { ...tinySystem().server, failures: comesAndGoes(100, 50) },
      volunteers: [{ count: 2 }],
      synchronisation: { method: "swarm" },
    }),
    workload: tinyWorkload(
      [100, 50],
      Array.from({ length: 20 }, (_, i) => [i * 40, i % 3, 0] as const),
      { released: { 1: 100 } },
    ),
    policies: namedPolicies("random"),
  });

/** An observer that writes down every call, whatever it is. */
function everything(log: string[]): Observer {
  return new Proxy({} as Observer, {
    get: (_, name) =>
      name === "considered"
        ? undefined
        : (...args: unknown[]) => log.push(`${String(name)} ${args}`),
  });
}

test("both hear everything, the first before the second", () => {
  const alone: string[] = [];
  simulate(run(), () => everything(alone));
  const [first, second, together]: string[][] = [[], [], []];
  const heard = (log: string[], who: string) =>
    everything({
      push: (line: string) => log.push(line) + together.push(who),
    } as unknown as string[]);
  simulate(run(), () => new Both(heard(first, "first"), heard(second, "second")));
  assert.equal(first, alone);
  assert.equal(second, alone);
  assert.equal(
    together,
    alone.flatMap(() => ["first", "second"]),
  );
});

test("who has no ear for something misses nothing else", () => {
  const [alone, log]: string[][] = [[], []];
  simulate(run(), (world) => logging(alone)(world));
  simulate(run(), (world: World) => new Both({}, new Both(logging(log)(world), {})));
  assert.equal(log, alone);
});

test("views are shown only if anybody wants them", () => {
  assert.is(new Both({}, {}).considered, undefined);
  const views: DispatchView[] = [];
  const considered = (view: DispatchView) => views.push(view);
  const view = {} as DispatchView;
  new Both({ considered }, {}).considered?.(view);
  new Both({}, { considered }).considered?.(view);
  assert.equal(views, [view, view]);
});

test.run();
