import type { Stream } from "../../../engine/random.ts";

/**
 * How alike a version is to the one before it: blocks of `block` bytes find `share` of its bytes
 * there, and others by the stretched exponential share^((L/block)^index) that the model of rsync
 * takes (see model/rsync/similarity.ts).
 */
export interface Likeness {
  /** Bytes. */
  readonly block: number;
  /** In [0, 1]. */
  readonly share: number;
  readonly index: number;
}

/** A way in which a new version differs from the one before it. */
export interface UpdateKind {
  readonly name: string;
  /** Share of the new versions. */
  readonly share: number;
  /** Share of the new version's bytes that rsync sends literally, at its own block length. */
  readonly literal: number;
  readonly likeness: Likeness;
  /** Standard deviation of the logarithm of the new size over the old one; an assumption. */
  readonly sizeSpread: number;
}

/**
 * The kinds of updates. Their shares are an assumption that gives, with the literal shares, the
 * saving that delta packages were seen to bring: 33 % of 27 packages' bytes (yum-presto, 2009),
 * here 1 - (0.15 · 0.066 + 0.55 · 0.67 + 0.3) = 32 %.
 *
 * - A rebuild or a new signature changes dates and digests: 6.6 % of the changed bytes of a day of
 *   Fedora rawhide were literal (fedora-devel-list, October 2003). Its index is that of two
 *   versions of git, unpacked, under rsync 3.5: 87 % found by blocks of 300 bytes, 75 % of 64 KiB.
 * - An ordinary update changes the program: 67 % literal over a month of ALT Linux packages that
 *   were compressed in a way friendly to rsync (ALT devel list, June 2008). Its index is that of two
 *   versions of postgresql, unpacked: 55 % found by blocks of 1 KiB, 16 % of 64 KiB.
 * - A package that is compressed as usual, or comes under a new name, shares nothing: so did 25
 *   pairs of Debian packages as served.
 */
export const UPDATE_KINDS: readonly UpdateKind[] = [
  {
    name: "rebuild",
    share: 0.15,
    literal: 0.066,
    likeness: { block: 1000, share: 0.934, index: 0.135 },
    sizeSpread: 0.002,
  },
  {
    name: "ordinary",
    share: 0.55,
    literal: 0.67,
    likeness: { block: 1000, share: 0.33, index: 0.269 },
    sizeSpread: 0.03,
  },
  {
    name: "unlike",
    share: 0.3,
    literal: 1,
    likeness: { block: 1, share: 0, index: 0 },
    sizeSpread: 0.1,
  },
];

/** Index into `UPDATE_KINDS`, by the kinds' shares. */
export function drawUpdateKind(random: Stream): number {
  let rest = random();
  const found = UPDATE_KINDS.findIndex(({ share }) => {
    rest -= share;
    return rest < 0;
  });
  return found < 0 ? UPDATE_KINDS.length - 1 : found;
}
