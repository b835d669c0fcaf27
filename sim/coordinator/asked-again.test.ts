import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { AskedAgain } from "./asked-again.ts";

const NOBODY = { complained: -1, first: -1, second: -1 };

/** A customer 7 that asks for file 3 of whole bytes. */
const asking = (again: AskedAgain, now: number, isPart = false) => ({
  ...again.ask(7, 3, isPart, now),
});

test("who asks for the first time, or after the time, complains of nobody", () => {
  const again = new AskedAgain(120);
  assert.equal(asking(again, 0), NOBODY);
  again.sentTo(4);
  assert.equal(asking(again, 120.5), NOBODY);
});

test("who asks again in time complains of whom it was sent to", () => {
  const again = new AskedAgain(120);
  asking(again, 0);
  again.sentTo(4);
  assert.equal(asking(again, 120), { complained: 4, first: 4, second: -1 });
  again.sentTo(5);
  assert.equal(again.triedBy(7, 3, 120), [4]);
  assert.equal(asking(again, 121), { complained: 5, first: 4, second: 5 });
  again.sentTo(-1);
  assert.equal(asking(again, 122), { complained: -1, first: 4, second: 5 });
});

test("other files and other customers are told apart", () => {
  const again = new AskedAgain(120);
  asking(again, 0);
  again.sentTo(4);
  assert.equal({ ...again.ask(7, 2, false, 1) }, NOBODY);
  assert.equal({ ...again.ask(8, 3, false, 1) }, NOBODY);
  // Keyed hashes have 48 bits: the high ones count.
  assert.equal({ ...again.ask(7 + 2 ** 40, 3, false, 1) }, NOBODY);
  assert.equal(asking(again, 1).complained, 4);
});

test("parts that are asked for at once come from one tool, later ones from one that goes on", () => {
  const again = new AskedAgain(120);
  asking(again, 0);
  again.sentTo(4);
  assert.equal(asking(again, 0.5, true), NOBODY);
  again.sentTo(4);
  assert.equal(asking(again, 3, true).complained, 4);
});

test("more than five asks are a crowd behind one address, for as long as it lasts", () => {
  const again = new AskedAgain(120);
  const seconds: number[] = [];
  for (let ask = 0; ask < 8; ask++) {
    const { second } = asking(again, ask);
    again.sentTo(second >= 0 ? -1 : ask);
    seconds.push(second);
  }
  assert.equal(seconds, [-1, -1, 1, 1, 1, -1, -1, -1]);
  assert.equal(asking(again, 200), NOBODY);
});

test("with a time of 0 nothing is remembered", () => {
  const again = new AskedAgain(0);
  asking(again, 0);
  again.sentTo(4);
  assert.equal(asking(again, 0), NOBODY);
  assert.is(again.save().at.length, 0);
});

interface Remembered {
  readonly at: number;
  readonly asks: number;
  readonly tried: readonly number[];
  readonly sent: number;
}

/** The plain version: a map that forgets nothing. */
class Plain {
  readonly #last = new Map<string, Remembered>();

  ask(customer: number, file: number, isPart: boolean, now: number, to: number) {
    const key = `${customer} ${file}`;
    const last = this.#last.get(key);
    const isAgain = last !== undefined && now - last.at <= 120;
    const isTogether = isAgain && isPart && now - last.at < 1;
    const asks = isAgain ? Math.min(6, last.asks + (isTogether ? 0 : 1)) : 1;
    const isCrowd = asks > 5;
    const complained = !isAgain || isCrowd || isTogether ? -1 : last.sent;
    const before = isAgain && !isCrowd ? last.tried : [];
    const tried = complained < 0 ? before : [...before.slice(0, 1), complained];
    this.#last.set(key, { at: now, asks, tried, sent: to });
    return { complained, first: tried[0] ?? -1, second: tried[1] ?? -1 };
  }
}

const anyAsks = fc.array(
  fc.record({
    customer: fc.constantFrom(1, 2, 3, 2 ** 33 + 1),
    file: fc.nat(2),
    isPart: fc.boolean(),
    wait: fc.constantFrom(0, 0.5, 1, 30, 119, 121),
    to: fc.integer({ min: -1, max: 5 }),
  }),
  { maxLength: 60 },
);

test("it remembers as a map would, whatever was asked and saved in between", () => {
  fc.assert(
    fc.property(anyAsks, fc.nat(60), (asks, savedAt) => {
      let again = new AskedAgain(120);
      const plain = new Plain();
      let now = 0;
      for (const [number, { customer, file, isPart, wait, to }] of asks.entries()) {
        if (number === savedAt) {
          const next = new AskedAgain(120);
          next.load(again.save());
          assert.equal(next.save(), again.save());
          again = next;
        }
        now += wait;
        const expected = plain.ask(customer, file, isPart, now, to);
        assert.equal({ ...again.ask(customer, file, isPart, now) }, expected);
        again.sentTo(to);
      }
    }),
  );
});

test("it grows while the asks are recent, up to 262,144; older ones are forgotten early", () => {
  const again = new AskedAgain(120);
  for (let customer = 0; customer < 262_144; customer++) {
    again.ask(customer, 3, false, 0);
    again.sentTo(customer % 40);
  }
  // Its own ask takes the place of the oldest, which is its own too.
  assert.is(again.ask(0, 3, false, 1).complained, 0);
  again.sentTo(1);
  assert.is(again.ask(300_000, 3, false, 1).complained, -1); // In the place of customer 1.
  again.sentTo(1);
  assert.is(again.ask(1, 3, false, 1).complained, -1);
  again.sentTo(2);
  assert.is(again.ask(262_143, 3, false, 1).complained, 262_143 % 40);
});

test.run();
