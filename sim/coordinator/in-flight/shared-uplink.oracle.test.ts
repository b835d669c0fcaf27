import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PlainUplink } from "./shared-uplink.oracle.ts";
import type { SharedUplink } from "./shared-uplink.ts";
import { near, uplinkOf } from "./testing.ts";

/** What is told of one of those in flight or presumed to be over, as a number from all. */
interface Fate {
  readonly kind: "end" | "resume";
  readonly which: number;
  readonly share: number;
}

type Operation =
  | Fate
  | { readonly kind: "advance"; readonly seconds: number }
  | { readonly kind: "look"; readonly seconds: number }
  | { readonly kind: "begin"; readonly size: number }
  | { readonly kind: "foreign"; readonly count: number }
  | { readonly kind: "report"; readonly share: number; readonly fates: readonly Fate[] };

const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

const fate: fc.Arbitrary<Fate> = fc.record({
  kind: fc.constantFrom("end" as const, "resume" as const),
  which: fc.nat(999),
  share: between(0.01, 1),
});

const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  weighted(4, fc.record({ kind: fc.constant("begin" as const), size: between(1, 900) })),
  weighted(3, fc.record({ kind: fc.constant("advance" as const), seconds: between(0, 12) })),
  weighted(3, fc.record({ kind: fc.constant("look" as const), seconds: between(0, 12) })),
  weighted(2, fate),
  weighted(1, fc.record({ kind: fc.constant("foreign" as const), count: fc.nat(3) })),
  weighted(
    2,
    fc.record({
      kind: fc.constant("report" as const),
      share: fc.oneof(fc.constant(0), between(0, 3)),
      fates: fc.array(fate, { maxLength: 3 }),
    }),
  ),
);

/** Plays the operations on both, and after each one compares all that they say. No two sizes are equal. */
function compare(operations: readonly Operation[]): void {
  const { uplink } = uplinkOf(100);
  const plain = new PlainUplink(100);
  plain.advance(0);
  const both = [uplink, plain];
  let now = 0;
  let reported = 0;
  const sizes: number[] = [];
  const decide = ({ kind, which, share }: Fate): void => {
    const known = [...plain.passed, ...plain.inFlight()];
    if (known.length === 0) return;
    const transfer = known[which % known.length];
    for (const one of both) {
      if (kind === "end") one.end(transfer);
      else one.resume(transfer, share * sizes[transfer]);
    }
  };
  for (const each of operations) {
    if (each.kind === "look") {
      now += each.seconds;
      uplink.refresh(now);
      plain.advance(now);
      agreeAt(uplink, plain, now);
      continue;
    }
    uplink.advance(now); // As its users do before they change anything.
    if (each.kind === "begin") {
      sizes.push(each.size + sizes.length / 70);
      for (const one of both) one.begin(sizes.length - 1, sizes[sizes.length - 1]);
    } else if (each.kind === "advance") {
      now += each.seconds;
      for (const one of both) one.advance(now);
    } else if (each.kind === "foreign") {
      for (const one of both) one.foreign = each.count;
    } else if (each.kind === "report") {
      for (const one of both) one.correct(each.share * 100 * (now - reported));
      agree(uplink, plain, sizes);
      each.fates.forEach(decide);
      agree(uplink, plain, sizes);
      for (const one of both) one.settle();
      reported = now;
    } else decide(each);
    agree(uplink, plain, sizes);
    agreeAt(uplink, plain, now);
  }
}

/** What is looked at without moving the clock. */
function agreeAt(uplink: SharedUplink, plain: PlainUplink, now: number): void {
  assert.is(uplink.transfers, plain.count + plain.foreign);
  for (const size of [1, 100, 500, Number.POSITIVE_INFINITY]) {
    near(uplink.ahead(size, now), plain.ahead(size), `ahead of ${size}`);
  }
}

function agree(uplink: SharedUplink, plain: PlainUplink, sizes: readonly number[]): void {
  assert.is(uplink.count, plain.count);
  assert.equal(uplink.inFlight(), plain.inFlight());
  assert.equal(
    uplink.passed.map(({ transfer }) => transfer),
    plain.passed,
  );
  near(uplink.rate, plain.rate, "rate");
  near(uplink.sharers, plain.sharers, "sharers");
  for (const transfer of sizes.keys()) {
    near(uplink.left(transfer), plain.left(transfer), `left of ${transfer}`);
    assert.ok(uplink.left(transfer) <= sizes[transfer] * (1 + 1e-9));
  }
}

test("whatever happens, it says the same as a plain simulation of equal shares", () => {
  const operations = fc.array(operation, { minLength: 20, maxLength: 60, size: "max" });
  fc.assert(fc.property(operations, compare), { numRuns: 150 });
});

test.run();
