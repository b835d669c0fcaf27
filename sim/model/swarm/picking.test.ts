import { test } from "uvu";
import * as assert from "uvu/assert";
import { mostBegun, NO_PIECE, NOBODY, type PieceView, rarestFirst, roundFrom } from "./picking.ts";

/** Five pieces of four blocks, of which the other peer has all and nobody was asked for any. */
function view(changes: Partial<PieceView> = {}): PieceView {
  return {
    open: Int32Array.of(4, 2, 0, 1, 3),
    openCount: 5,
    theirs: Uint8Array.of(1, 1, 1, 1, 1),
    availability: Int32Array.of(3, 2, 2, 5, 2),
    free: Int32Array.of(4, 4, 4, 4, 4),
    asked: Int32Array.of(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY),
    order: Int32Array.of(0, 4, 1, 3, 2),
    connection: 7,
    whole: false,
    begunFirst: false,
    ...changes,
  };
}

test("rarest first: the fewest copies; of those one that is begun; then the peer's own order", () => {
  assert.is(rarestFirst(view()), 2);
  const asked = Int32Array.of(NOBODY, 9, NOBODY, NOBODY, NOBODY);
  const free = Int32Array.of(4, 1, 4, 4, 4);
  assert.is(rarestFirst(view({ asked, free })), 1);
  assert.is(rarestFirst(view({ theirs: Uint8Array.of(1, 0, 0, 1, 0) })), 0);
  assert.is(rarestFirst(view({ theirs: new Uint8Array(5) })), NO_PIECE);
});

test("rarest first: whole pieces leave alone what is begun elsewhere, and too many come first", () => {
  const asked = Int32Array.of(NOBODY, 9, 9, NOBODY, 9);
  assert.is(rarestFirst(view({ asked, whole: true })), 0);
  const common = Int32Array.of(NOBODY, NOBODY, NOBODY, 7, NOBODY);
  assert.is(rarestFirst(view({ asked: common, begunFirst: true })), 3);
});

test("random first: the next piece from any on, going round; what is begun comes first", () => {
  assert.is(roundFrom(3)(view()), 3);
  assert.is(roundFrom(3)(view({ theirs: Uint8Array.of(1, 1, 1, 0, 0) })), 0);
  const asked = Int32Array.of(NOBODY, NOBODY, 7, NOBODY, NOBODY);
  assert.is(roundFrom(3)(view({ asked })), 2);
  // Also where whole pieces are wanted and another was asked (libtorrent, prioritize_partials).
  assert.is(roundFrom(3)(view({ asked, connection: 8, whole: true })), 2);
});

test("of the begun pieces the one with the fewest blocks left", () => {
  assert.is(mostBegun(view()), NO_PIECE);
  const asked = Int32Array.of(7, 7, NOBODY, NOBODY, 7);
  const free = Int32Array.of(3, 2, 4, 4, 1);
  assert.is(mostBegun(view({ asked, free })), 4);
  assert.is(mostBegun(view({ asked, free, theirs: Uint8Array.of(1, 1, 1, 1, 0) })), 1);
});

test.run();
