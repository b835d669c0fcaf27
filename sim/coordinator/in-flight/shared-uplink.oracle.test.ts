import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PlainUplink } from "./shared-uplink.oracle.ts";
import type { SharedUplink } from "./shared-uplink.ts";
import { near, uplinkOf } from "./testing.ts";

type Operation =
  | { readonly kind: "advance"; readonly seconds: number }
  | { readonly kind: "look"; readonly seconds: number }
  | { readonly kind: "begin"; readonly size: number }
  | { readonly kind: "end" | "resume"; readonly which: number; readonly share: number }
  | { readonly kind: "foreign"; readonly count: number }
  | { readonly kind: "report"; readonly share: number; readonly settles: boolean };

const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("begin" as const), size: between(1, 2000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("advance" as const, "look" as const),
      seconds: between(0, 30),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("end" as const, "resume" as const),
      which: fc.nat(),
      share: between(0.01, 1),
    }),
  },
  fc.record({ kind: fc.constant("foreign" as const), count: fc.nat(3) }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("report" as const),
      share: fc.oneof(fc.constant(0), between(0, 3)),
      settles: fc.boolean(),
    }),
  },
);

/** Plays the operations on both, and after each one compares all that they say. No two sizes are equal. */
function compare(operations: readonly Operation[]): void {
  const { uplink } = uplinkOf(100);
  const plain = new PlainUplink(100);
  plain.advance(0);
  let now = 0;
  let reported = 0;
  let begun = 0;
  const sizes: number[] = [];
  for (const each of operations) {
    const known = [...plain.passed, ...plain.inFlight()];
    if (each.kind === "look") {
      now += each.seconds;
      uplink.refresh(now);
      plain.advance(now);
      agreeAt(uplink, plain, now);
      continue;
    }
    uplink.advance(now); // As its users do before they change anything.
    for (const one of [uplink, plain]) {
      if (each.kind === "begin") one.begin(begun, each.size + begun / 70);
      else if (each.kind === "advance") one.advance(now + each.seconds);
      else if (each.kind === "foreign") one.foreign = each.count;
      else if (each.kind === "report") {
        one.correct(each.share * 100 * (now - reported));
        if (each.settles) one.settle();
      } else if (known.length > 0) {
        const transfer = known[each.which % known.length];
        if (each.kind === "end") one.end(transfer);
        else one.resume(transfer, each.share * sizes[transfer]);
      }
    }
    if (each.kind === "begin") sizes.push(each.size + begun++ / 70);
    if (each.kind === "advance") now += each.seconds;
    if (each.kind === "report" && each.settles) reported = now;
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
  fc.assert(fc.property(fc.array(operation, { maxLength: 60, size: "max" }), compare));
});

test.run();
