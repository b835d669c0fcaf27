import { median, quantile } from "d3-array";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { amongPrivate, libtorrent } from "./client.ts";
import { FAST_LIBTORRENT, type FastSwarm, fastSwarm } from "./fast.ts";
import { runTiny } from "./testing.ts";

const RATES = { serverUp: 1.195e6, receiverUp: 1.195e6, receiverDown: 2.39e6 };

/** Sizes, pieces and receivers, a factor of four or two apart. */
function grid(receiverCounts: readonly number[]): FastSwarm[] {
  const swarms: FastSwarm[] = [];
  for (const size of [2 ** 20, 2 ** 22, 2 ** 24]) {
    for (const pieceSize of [2 ** 14, 2 ** 16, 2 ** 18, 2 ** 20]) {
      for (const receivers of receiverCounts) swarms.push({ size, pieceSize, receivers, ...RATES });
    }
  }
  return swarms;
}

function exact({ size, pieceSize, receivers, serverUp, receiverDown }: FastSwarm, slots: number) {
  const client = slots === Number.POSITIVE_INFINITY ? amongPrivate(libtorrent) : libtorrent;
  const { seconds, carried } = runTiny({
    ...{ size, pieceSize, leechers: receivers, client },
    ...{ up: serverUp, down: receiverDown },
  });
  return { seconds, serverBytes: carried[0] };
}

const errorsOf = (pairs: readonly (readonly [fast: number, exact: number])[]) =>
  pairs.map(([fast, exact]) => Math.abs(Math.log(fast / exact)));

test("is near the exact swarm where it is to stand in for it", () => {
  const client = { ...FAST_LIBTORRENT, slots: Number.POSITIVE_INFINITY };
  const times: [number, number][] = [];
  const bytes: [number, number][] = [];
  for (const swarm of grid([2, 4, 8, 16])) {
    const fast = fastSwarm(swarm, client);
    const slow = exact(swarm, client.slots);
    times.push([fast.seconds, slow.seconds]);
    bytes.push([fast.serverBytes, slow.serverBytes]);
  }
  for (const pairs of [times, bytes]) {
    const errors = errorsOf(pairs);
    const [middle, most] = [median(errors) ?? 0, quantile(errors, 0.9) ?? 0];
    assert.ok(middle < 0.1, `median ${middle}`);
    assert.ok(most < 0.25, `nine in ten below ${most}`);
  }
});

test("a server with fewer slots than there are receivers sends as if there were no more", () => {
  const errors: number[] = [];
  for (const swarm of grid([16]).filter(({ pieceSize }) => pieceSize >= 2 ** 18)) {
    const slow = exact(swarm, FAST_LIBTORRENT.slots);
    errors.push(...errorsOf([[fastSwarm(swarm).serverBytes, slow.serverBytes]]));
  }
  assert.ok((median(errors) ?? 0) < 0.15, errors.join());
});

test("one piece goes to everybody from the server, and one receiver gets one copy", () => {
  const swarm = { size: 1e6, pieceSize: 1e6, receivers: 8, ...RATES };
  const { seconds, serverBytes } = fastSwarm(swarm);
  assert.ok(Math.abs(seconds - 8e6 / RATES.serverUp) < 1e-9);
  assert.ok(Math.abs(serverBytes - 8e6) < 1e-6);
  const alone = fastSwarm({ ...swarm, pieceSize: 1e5, receivers: 1 });
  assert.ok(Math.abs(alone.serverBytes - 1e6) < 1e-6);
});

test("more receivers and larger pieces cost the server more, and never more than all copies", () => {
  for (const size of [1e5, 1e6, 1e8]) {
    let before = 0;
    for (let receivers = 1; receivers <= 64; receivers++) {
      const of = (pieceSize: number) =>
        fastSwarm({ size, pieceSize, receivers, ...RATES }).serverBytes;
      const bytes = of(65_536);
      assert.ok(bytes >= before - 1e-6 && bytes <= receivers * size + 1e-6);
      assert.ok(of(262_144) >= bytes - 1e-6 || size < 262_144);
      before = bytes;
    }
  }
});

test.run();
