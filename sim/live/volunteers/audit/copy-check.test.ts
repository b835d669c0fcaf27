import { utimesSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { draws, noise } from "../testing.ts";
import type { AuditLimits } from "../volunteer-host.ts";
import * as kinds from "./testing.ts";
import { HAS, LARGE, SMALL, verdict, withScene } from "./testing.ts";

const CASES: readonly [
  kind: string,
  behaviour: kinds.Behaviour,
  small: string,
  large: string,
  limits?: Partial<AuditLimits>,
][] = [
  ["good", kinds.good, HAS, HAS],
  [
    "lying at first",
    kinds.lyingAt(0),
    "failed: another SHA-256",
    "failed: other bytes than the server's behind 0",
  ],
  ["404", kinds.withStatus(404), "failed: status 404", "failed: status 404"],
  ["410", kinds.withStatus(410), "failed: status 410", "failed: status 410"],
  ["416", kinds.withStatus(416), "failed: status 416", "failed: status 416"],
  ["204", kinds.withStatus(204), "failed: status 204", "failed: status 204"],
  ["503", kinds.withStatus(503), "unanswered: status 503", "unanswered: status 503"],
  ["429", kinds.withStatus(429), "unanswered: status 429", "unanswered: status 429"],
  [
    "soft 404",
    kinds.soft404,
    "failed: fewer bytes than 1000",
    "failed: other bytes than the server's behind 0",
  ],
  [
    "redirecting",
    kinds.withStatus(302, { Location: "http://elsewhere.example/" }),
    "failed: status 302, to http://elsewhere.example/",
    "failed: status 302, to http://elsewhere.example/",
  ],
  [
    "truncating",
    kinds.truncating,
    "failed: breaks off in the middle, twice",
    "failed: breaks off in the middle, twice",
  ],
  [
    "hanging",
    kinds.hanging,
    "unanswered: no answer within 0.05 s",
    "unanswered: no answer within 0.05 s",
    { firstByte: 0.05 },
  ],
  [
    "hanging behind its head",
    kinds.hangingLater,
    "unanswered: no byte within 0.05 s",
    "unanswered: no byte within 0.05 s",
    { firstByte: 0.05 },
  ],
  ["slow, but in time", kinds.slow(200, 5), HAS, HAS, { most: 1000 }],
  [
    "too slow",
    kinds.slow(20, 20),
    "unanswered: took too long",
    "unanswered: took too long",
    { total: 0.1 },
  ],
  ["without ranges", kinds.rangeless, HAS, HAS],
  ["without its own length", (bytes, _, response) => response.writeHead(200).end(bytes), HAS, HAS],
  ["endless", kinds.endless, "failed: more bytes than 1000", HAS],
  [
    "of another length",
    (bytes, _, response) => kinds.rangeless(bytes.subarray(1), _, response),
    "failed: 999 bytes instead of 1000",
    "failed: 49999 bytes instead of 50000",
  ],
  [
    "with more behind it",
    (bytes, _, response) => response.writeHead(200).end(Buffer.concat([bytes, bytes])),
    "failed: more bytes than 1000",
    HAS, // Of an answer without a length and without ranges the beginning is all that is read.
  ],
];

for (const [kind, behaviour, small, large, limits] of CASES) {
  test(`a small file of a volunteer that is ${kind}: ${small}`, () =>
    withScene(SMALL, behaviour, async (scene) => assert.is(await verdict(scene), small), limits));
  test(`a large file of a volunteer that is ${kind}: ${large}`, () =>
    withScene(LARGE, behaviour, async (scene) => assert.is(await verdict(scene), large), limits));
}

test("a small file is asked for whole, by its encoded path", () =>
  withScene(SMALL, kinds.good, async (scene) => {
    await verdict(scene);
    assert.equal(scene.asked, [
      { url: "/repo/pool/%C3%A9%20%25.deb", range: "", encoding: "identity" },
    ]);
  }));

test("a large file is asked for at its beginning, its end and where nobody can foresee", () =>
  withScene(
    LARGE,
    kinds.good,
    async (scene) => {
      await verdict(scene);
      // Drawn: 0.25 and 0.75 of the 49,901 places at which 100 bytes can begin. Then shuffled: 0 moves
      // the first to the last place, and so on.
      const ranges = ["bytes=49900-49999", "bytes=12475-12574", "bytes=37425-37524", "bytes=0-99"];
      assert.equal(
        scene.asked.map(({ range }) => range),
        ranges,
      );
    },
    {},
    draws(0, 0.25, 0.75, 0, 0, 0), // The first chooses the address.
  ));

test("any wrong byte of the ranges is found", () =>
  withScene(
    LARGE,
    kinds.lyingAt(37_500),
    async (scene) =>
      assert.is(await verdict(scene), "failed: other bytes than the server's behind 37425"),
    {},
    draws(0, 0.25, 0.75, 0, 0, 0),
  ));

test("of a file that is not sent in ranges no more is read than is to be", () =>
  withScene(LARGE, kinds.rangeless, async (scene) => {
    assert.is(await verdict(scene), HAS);
    assert.is(scene.asked.length, 1, "asking for more ranges would bring the same");
  }));

test("a lie behind what is read of it is not found, one before is", async () => {
  const lie =
    (at: number): kinds.Behaviour =>
    (bytes, _, response) => {
      const wrong = Buffer.from(bytes);
      wrong[at] ^= 1;
      kinds.rangeless(wrong, _, response);
    };
  await withScene(LARGE, lie(10_000), async (scene) => assert.is(await verdict(scene), HAS));
  await withScene(LARGE, lie(9999), async (scene) =>
    assert.match(await verdict(scene), "failed: other bytes"),
  );
});

for (const [what, range, why] of [
  ["no Content-Range", undefined, "a range without Content-Range"],
  ["another range", "bytes 1-100/50000", "another range than asked for"],
  ["another end", "bytes 0-98/50000", "another range than asked for"],
  ["a range of another file", "bytes 0-99/49999", "a file of 49999 bytes instead of 50000"],
] as const) {
  test(`a volunteer that answers with ${what} fails`, () =>
    withScene(
      LARGE,
      (bytes, _, response) => {
        response.writeHead(206, { ...(range && { "Content-Range": range }) });
        response.end(bytes.subarray(0, 100));
      },
      async (scene) => assert.is(await verdict(scene), `failed: ${why}`),
      {},
      draws(0, 0.25, 0.75, 0.99, 0.99, 0.99), // Nothing is shuffled: the first bytes come first.
    ));
}

test("a range that is shorter than it says fails", () =>
  withScene(
    LARGE,
    (bytes, _, response) => {
      response.writeHead(206, { "Content-Range": "bytes 0-99/*" }).end(bytes.subarray(0, 99));
    },
    async (scene) => assert.is(await verdict(scene), "failed: ends at 99, before 100"),
    {},
    draws(0, 0.25, 0.75, 0.99, 0.99, 0.99),
  ));

test("a line that breaks once is no lie", () => {
  let asked = 0;
  return withScene(
    SMALL,
    (...args) => (asked++ === 0 ? kinds.truncating(...args) : kinds.good(...args)),
    async (scene) => assert.is(await verdict(scene), HAS),
  );
});

test("an empty file is compared too", () =>
  withScene(Buffer.alloc(0), kinds.good, async (scene) => assert.is(await verdict(scene), HAS)));

test("nothing is compared with a file of the server that is not the one in its catalogue", async () => {
  const beingChanged = "passed: the server's own file is being changed";
  await withScene(LARGE, kinds.good, async (scene) => {
    writeFileSync(scene.repository.location(scene.file), noise(50_000, 2));
    assert.is(await verdict(scene), beingChanged, "another time");
  });
  await withScene(LARGE, kinds.good, async (scene) => {
    const location = scene.repository.location(scene.file);
    writeFileSync(location, noise(40_000));
    utimesSync(location, scene.repository.modified(), scene.repository.modified());
    assert.is(await verdict(scene), beingChanged, "another size");
  });
  await withScene(LARGE, kinds.good, async (scene) => {
    scene.repository.location = () => "/nowhere";
    assert.is(await verdict(scene), beingChanged, "gone");
  });
  let location = "";
  await withScene(
    LARGE,
    (...args) => {
      writeFileSync(location, noise(50_000, 2)); // While it is being compared.
      kinds.good(...args);
    },
    async (scene) => {
      location = scene.repository.location(scene.file);
      assert.is(await verdict(scene), beingChanged, "changing");
    },
  );
});

test("a small file needs nothing of the server's disk", () =>
  withScene(SMALL, kinds.good, async (scene) => {
    scene.repository.location = () => "/nowhere";
    assert.is(await verdict(scene), HAS);
  }));

test.run();
