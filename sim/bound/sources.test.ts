import { test } from "uvu";
import * as assert from "uvu/assert";
import { tinySystem } from "../model/testing.ts";
import { FLUID } from "../network/http/causes.ts";
import { WIRE_EFFICIENCY } from "../network/wire.ts";
import { allReady, firstReady, readyBytes, sourcesOf } from "./sources.ts";

type Changes = Parameters<typeof tinySystem>[0];

const rates = (changes: Changes, readyAt: readonly number[] = []) =>
  sourcesOf(tinySystem(changes), readyAt).map(({ rate, capacity }) => [rate, capacity]);

test("the server comes first, then volunteers by what one can send", () => {
  const volunteers = [{ uplink: 20, count: 2 }, { uplink: 5 }, { uplink: 20 }];
  assert.equal(rates({ volunteers }), [
    [10, 10],
    [5, 5],
    [20, 60],
  ]);
});

test("lines for both directions and limits of deliveries hold for all, one of a transfer for each", () => {
  assert.equal(rates({ volunteers: [{ uplink: 20, shared: 15, count: 2 }] })[1], [15, 30]);
  assert.equal(rates({ volunteers: [{ uplink: 20, deliveryRate: 8, count: 2 }] })[1], [8, 16]);
  assert.equal(rates({ volunteers: [{ uplink: 20, transferRate: 7, count: 2 }] })[1], [7, 40]);
});

test("of links that change the widest count, and those who come later as if they were there", () => {
  const system = tinySystem({ volunteers: [{ uplink: 20, count: 1 }] });
  const [spec] = system.volunteers;
  const at = (uplink: number, count: number, server: number) => {
    const volunteers = [{ ...spec, uplink, count }];
    return { ...system, at: 1, server: { uplink: server }, volunteers };
  };
  const changes = [at(30, 2, 25), at(5, 1, 15)];
  assert.equal(
    sourcesOf({ ...system, changes }, []).map(({ rate, capacity }) => [rate, capacity]),
    [
      [25, 25],
      [30, 60],
    ],
  );
});

test("of many classes those join that differ least, at the highest rate", () => {
  const volunteers = [1, 2, 4, 8, 9, 32, 64].map((uplink) => ({ uplink }));
  assert.equal(rates({ volunteers }).slice(1), [
    [2, 3],
    [4, 4],
    [9, 17],
    [32, 32],
    [64, 64],
  ]);
});

test("headers take their part of links, not of what a transfer is limited to", () => {
  const transport = { causes: FLUID, queue: 0, burst: 0 };
  const volunteers = [{ uplink: 20 }, { uplink: 20, transferRate: 7 }];
  assert.equal(rates({ transport, volunteers }), [
    [10 * WIRE_EFFICIENCY, 10 * WIRE_EFFICIENCY],
    [7, 20 * WIRE_EFFICIENCY],
    [20 * WIRE_EFFICIENCY, 20 * WIRE_EFFICIENCY],
  ]);
});

test("new files can be sent by those that are ready", () => {
  const volunteers = [{ uplink: 20, count: 2 }, { uplink: 5 }];
  const classes = sourcesOf(
    tinySystem({ volunteers }),
    [0, 1, 2].map((v) => 100 + 10 * v),
  );
  const ready = classes.flatMap((source) => source.ready.map(({ at }) => at)).sort((a, b) => a - b);
  assert.equal(ready, [100, 110, 120]);
  assert.is(firstReady(classes), 100);
  assert.is(allReady(classes), 120);
  const bytes = (start: number, width: number) =>
    classes.reduce((sum, source) => sum + readyBytes(source, start, width), 0);
  assert.is(bytes(0, 90), 0);
  assert.is(bytes(200, 10), 450); // 45 bytes/s.
});

test("customers that upload may have any file at any time", () => {
  const uploads = { uplink: 3, slots: 1, stays: 10, price: 0 };
  const classes = sourcesOf(tinySystem({ customers: { uploads } }), [100]);
  assert.is(classes.at(-1)?.rate, 3);
  assert.is(classes.at(-1)?.capacity, Number.POSITIVE_INFINITY);
  assert.is(firstReady(classes), Number.NEGATIVE_INFINITY);
});

test("without volunteers nobody but the server is ever ready", () => {
  const classes = sourcesOf(tinySystem({ volunteers: [] }), []);
  assert.is(firstReady(classes), Number.POSITIVE_INFINITY);
  assert.is(allReady(classes), Number.NEGATIVE_INFINITY);
});

test.run();
