import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { snapshotOf, stateOf } from "../../../coordinator/index.ts";
import type { CatalogueView } from "../../parts.ts";
import { BitSet } from "./bit-set.ts";
import { Commands } from "./commands.ts";

/** So many files with their numbers for names, of which some have been removed. */
function catalogueOf(removed: ReadonlySet<number> = new Set()): CatalogueView {
  return {
    ...{ version: 1, count: 1000, find: Number, has: (file) => !removed.has(file) },
    ...{ path: String, size: () => 1, modified: () => 0, md4: () => null },
    ...{ sha256: () => new Uint8Array(32), location: String, identical: () => [] },
  };
}

function fresh(removed?: ReadonlySet<number>): Commands {
  return new Commands(catalogueOf(removed), "http://server/", () => []);
}

const NOTHING = { completed: [], dropped: [], started: false };

/** What volunteer 0 is told: the file's number, negative where it is to be dropped. */
function told(commands: Commands, most = 100): number[] {
  return commands.next(0, most).map((command) => {
    if (command.do === "synchronise") return Number.NaN;
    return command.do === "fetch" ? Number(command.path) : -Number(command.path);
  });
}

test("the newest command for a file is the one that counts", () => {
  const commands = fresh();
  commands.place(0, 5);
  commands.drop(0, 5);
  assert.equal(told(commands), [-5]);
  commands.place(0, 5);
  assert.equal(told(commands), [5]);
  commands.began(0, [4 * 5]);
  assert.equal(told(commands), []);
  commands.place(0, 5);
  assert.equal(told(commands), [5], "a new command has not begun");
  commands.began(0, [4 * 5 + 1]);
  assert.equal(told(commands), [5], "that was another one, which nobody told it");
  commands.drop(0, 5);
  assert.equal(told(commands), [-5]);
});

test("an answer goes on where the last one stopped, and comes round", () => {
  const commands = fresh();
  for (const file of [1, 2, 3, 40, 900]) commands.place(0, file);
  assert.equal(told(commands, 2), [1, 2]);
  assert.equal(told(commands, 2), [3, 40]);
  assert.equal(told(commands, 2), [900, 1]);
  assert.equal(told(commands), [2, 3, 40, 900, 1], "each once");
  assert.equal(told(commands, 0), []);
});

test("volunteers are told of their own", () => {
  const commands = fresh();
  commands.place(1, 7);
  assert.equal(told(commands), []);
  assert.is(commands.next(1, 9).length, 1);
});

test("a file that the repository has no more is not to be fetched, but may be dropped", () => {
  const commands = fresh(new Set([3, 4]));
  for (const file of [2, 3]) commands.place(0, file);
  commands.drop(0, 4);
  assert.equal(told(commands), [2, -4]);
});

test("what it holds settles what it was to fetch, and what it does not hold what it was to drop", () => {
  const commands = fresh();
  for (const file of [1, 2]) commands.place(0, file);
  for (const file of [3, 4]) commands.drop(0, file);
  commands.settle(0, { ...NOTHING, holds: { bitmap: Uint32Array.of(0b1010) } });
  assert.equal(told(commands), [2, -3]);
});

test("a volunteer that starts anew has begun nothing", () => {
  const commands = fresh();
  commands.drop(0, 1);
  commands.began(0, [4 + 1]);
  assert.equal(told(commands), []);
  commands.settle(0, { ...NOTHING, started: true });
  assert.equal(told(commands), [-1]);
});

test("only the newest time to synchronise can be begun", () => {
  const commands = fresh();
  commands.synchronise(0, -1);
  commands.synchronise(0, -1);
  commands.began(0, [4 * 1 + 2]);
  assert.ok(commands.isToSynchronise(0));
  commands.began(0, [4 * 2 + 2]);
  assert.not(commands.isToSynchronise(0));
});

interface Plain {
  readonly fetch: Set<number>;
  readonly drop: Set<number>;
}

const file = fc.nat(99);

test("commands are those of two plain sets, before and after a restart", () => {
  const step = fc.record({
    what: fc.constantFrom("place", "drop", "completed", "dropped", "restart"),
    file,
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let commands = fresh();
      const plain: Plain = { fetch: new Set(), drop: new Set() };
      for (const { what, file } of steps) {
        if (what === "place" || what === "drop") {
          plain.fetch.delete(file);
          plain.drop.delete(file);
          commands[what](0, file);
          plain[what === "place" ? "fetch" : "drop"].add(file);
        } else if (what === "restart") {
          const saved = stateOf(snapshotOf(commands.save()));
          commands = fresh();
          commands.load(saved as ReturnType<Commands["save"]>);
        } else {
          commands.settle(0, { ...NOTHING, [what]: [file] });
          plain[what === "completed" ? "fetch" : "drop"].delete(file);
        }
      }
      const expected = [...plain.fetch, ...Array.from(plain.drop, (file) => -file)];
      const [heard, all] = [told(commands, 1000), expected];
      const byNumber = (a: number, b: number) => a - b;
      assert.equal(heard.map((n) => n + 0).sort(byNumber), all.map((n) => n + 0).sort(byNumber));
    }),
  );
});

test("equal states are saved as equal bytes, whatever came before", () => {
  const [one, other] = [fresh(), fresh()];
  one.place(0, 3);
  other.place(0, 900);
  other.place(0, 3);
  other.settle(0, { ...NOTHING, completed: [900] });
  assert.equal(snapshotOf(one.save()), snapshotOf(other.save()));
});

test("a set of bits is a set of numbers", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), file)), file, (steps, from) => {
      const [bits, plain] = [new BitSet(), new Set<number>()];
      for (const [adds, number] of steps) {
        bits[adds ? "add" : "delete"](number);
        plain[adds ? "add" : "delete"](number);
      }
      for (let number = 0; number < 130; number++) {
        assert.is(bits.has(number), plain.has(number));
      }
      const above = [...plain].filter((number) => number >= from);
      assert.is(bits.next(from), above.length === 0 ? -1 : Math.min(...above));
      bits.clear();
      assert.is(bits.next(0), -1);
    }),
  );
});

test.run();
