import { test } from "uvu";
import * as assert from "uvu/assert";
import { chunkSizeChart } from "./chunk-size.ts";

const rows = (chunks: readonly number[]) =>
  chunks.map((chunk) => ({
    policy: `fixed(chunkSize=${chunk}) + swarm`,
    method: "swarm",
    chunk,
    serverBytes: chunk * 1e3,
    wireBytes: chunk * 2e3,
    age: 5,
  }));

test("each size is drawn in every panel, bytes as megabytes", () => {
  const chart = chunkSizeChart({ chunkSizes: rows([700, 1400, 4096]) }, []);
  assert.ok(chart !== null);
  const { values } = chart.spec.data as { values: { quantity: string; value: number }[] };
  const of = (quantity: string) =>
    values.filter((row) => row.quantity === quantity).map(({ value }) => value);
  assert.equal(of("from the server (MB)"), [0.7, 1.4, 4.096]);
  assert.equal(of("in all (MB)"), [1.4, 2.8, 8.192]);
  assert.equal(of("until it is there (s)"), [5, 5, 5]);
});

test("fewer than three sizes make no line, and no chart", () => {
  assert.is(chunkSizeChart({ chunkSizes: rows([700, 1400]) }, []), null);
  assert.is(chunkSizeChart({}, []), null);
});

test("combinations of levels are drawn beside each other, with one scale a quantity", () => {
  const two = ["pair alike", "pair unlike"].flatMap((at, i) =>
    rows([700, 1400, 4096]).map((row) => ({ ...row, at, serverBytes: row.serverBytes * (i + 1) })),
  );
  const chart = chunkSizeChart({ chunkSizes: two }, []);
  assert.ok(chart !== null);
  assert.is(chart.columns, 2);
  const { concat } = chart.spec as unknown as {
    readonly concat: readonly {
      readonly title: readonly string[];
      readonly encoding: { readonly y: { readonly scale: { readonly domain: object } } };
    }[];
  };
  assert.equal(
    concat.flatMap(({ title }) => title),
    ["pair alike", "pair unlike", "pair alike", "pair unlike", "pair alike", "pair unlike"],
  );
  assert.equal(concat[0]?.encoding.y.scale.domain, [0, 8.192]);
  assert.equal(concat[1]?.encoding.y.scale.domain, [0, 8.192]);
});

test.run();
