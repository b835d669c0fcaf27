/** Chunk sizes by the tables and formulas that real tools publish. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { policies, policyNamed } from "../index.ts";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import type { ChunkSizePolicy } from "./chunk-size.ts";

const K = 1024;
const M = 1024 * K;
const G = 1024 * M;

const chunkOf = (name: string, size: number, params: Readonly<Record<string, number>> = {}) => {
  const policy = policyNamed<ChunkSizePolicy>(policies.chunkSize, name);
  return bind(policy, params).decide({ size }, replay([])).chunkSize;
};

test("10 kB, 1 MB, 100 MB and 4.7 GB are cut as production systems cut them", () => {
  // Where a rule's piece is longer than the file, the file is one piece.
  const sizes = [10_000, 1e6, 1e8, 4.7e9];
  const table: Readonly<Record<string, readonly number[]>> = {
    sqrt: [700, 1000, 10_000, 68_552],
    zsync: [2048, 2048, 4096, 4096],
    libtorrent: [10_000, 16 * K, 128 * K, M],
    mirrorbrain: [10_000, 256 * K, 256 * K, 256 * K],
    mirrorcache: [10_000, 256 * K, M, 4 * M],
    kraken: [10_000, 1e6, M, 8 * M],
    dragonfly: [10_000, 1e6, 4 * M, 16 * M],
    fixed: [10_000, 64 * K, 64 * K, 64 * K],
  };
  for (const [name, chunks] of Object.entries(table)) {
    assert.equal(
      sizes.map((size) => chunkOf(name, size)),
      chunks,
      name,
    );
  }
});

test("1 MB, 10 MB, 100 MB, a CD and a DVD are cut as makers of torrents cut them", () => {
  const sizes = [1e6, 1e7, 1e8, 734_003_200, 4.7e9];
  const table: Readonly<Record<string, readonly number[]>> = {
    libtorrent: [16 * K, 32 * K, 128 * K, 512 * K, M],
    transmission: [16 * K, 16 * K, 128 * K, 512 * K, 4 * M],
    mktorrent: [32 * K, 32 * K, 64 * K, 512 * K, 4 * M],
  };
  for (const [name, chunks] of Object.entries(table)) {
    assert.equal(
      sizes.map((size) => chunkOf(name, size)),
      chunks,
      name,
    );
  }
});

test("libtorrent's steps are where its table has them", () => {
  const limits = [2_684_355, 10_737_418, 42_949_673, 171_798_692, 687_194_767, 2_748_779_069];
  for (const [step, limit] of [...limits, 10_995_116_278, 43_980_465_111].entries()) {
    assert.is(chunkOf("libtorrent", limit), 16 * K * 2 ** step);
    assert.is(chunkOf("libtorrent", limit + 1), 32 * K * 2 ** step);
  }
  assert.is(chunkOf("libtorrent", 1e15), 16 * M);
});

test("mktorrent's steps are at 50 MiB and each doubling of it", () => {
  for (let step = 0; step < 9; step++) {
    assert.is(chunkOf("mktorrent", 50 * M * 2 ** step), 32 * K * 2 ** step);
    assert.is(chunkOf("mktorrent", 50 * M * 2 ** step + 1), 64 * K * 2 ** step);
  }
  assert.is(chunkOf("mktorrent", 1e15), 16 * M);
});

test("steps of the others are at their limits", () => {
  assert.equal(
    [1e8 - 1, 1e8].map((size) => chunkOf("zsync", size)),
    [2048, 4096],
  );
  const cache = [512 * K, 512 * K + 1, 8 * M - 1, 8 * M, 256 * M - 1, 256 * M];
  assert.equal(
    cache.map((size) => chunkOf("mirrorcache", size)),
    [512 * K, 256 * K, 256 * K, M, M, 4 * M],
  );
  const kraken = [2 * G - 1, 2 * G, 4 * G - 1, 4 * G];
  assert.equal(
    kraken.map((size) => chunkOf("kraken", size)),
    [M, 4 * M, 4 * M, 8 * M],
  );
  assert.equal(
    [2000 * M, 2000 * M + 1, 1e12].map((size) => chunkOf("dragonfly", size)),
    [4 * M, 8 * M, 64 * M],
  );
  assert.is(chunkOf("transmission", 1e15), 16 * M);
});

test("the blend is the geometric mean, by its weight", () => {
  // √1e8 = 10000; √(10000 · 65536) = 25600.
  const chunks = [0, 0.5, 1].map((swarmWeight) => chunkOf("blended", 1e8, { swarmWeight }));
  assert.equal(chunks, [10_000, 25_600, 65_536]);
});

test.run();
