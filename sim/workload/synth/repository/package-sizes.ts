/**
 * Bytes of Debian 12's packages below which a share of them lies: 63,440 packages, 87.2 % of them
 * under 1 MB, mean 1.50 MB.
 *
 * Derived from the index of bookworm 12.15 for amd64 (July 2026; see traces/README.md). Debian's
 * packages of 2008 were much alike: 86.8 % under 1 MB (C. Dale, J. Liu, "apt-p2p", INFOCOM 2009),
 * but the source says nothing of those above 32 MB, where a third of the bytes is.
 */
const QUANTILES: readonly (readonly [share: number, bytes: number])[] = [
  [0, 880],
  [0.005, 1_060],
  [0.01, 1_152],
  [0.02, 2_548],
  [0.05, 5_132],
  [0.1, 7_824],
  [0.15, 10_588],
  [0.2, 13_772],
  [0.25, 17_824],
  [0.3, 22_640],
  [0.35, 28_612],
  [0.4, 36_356],
  [0.45, 46_188],
  [0.5, 59_164],
  [0.55, 77_452],
  [0.6, 104_140],
  [0.65, 142_068],
  [0.7, 203_352],
  [0.75, 295_864],
  [0.8, 455_436],
  [0.85, 767_488],
  [0.9, 1_453_428],
  [0.925, 2_189_244],
  [0.95, 3_871_604],
  [0.96, 5_679_504],
  [0.97, 8_093_112],
  [0.98, 11_476_648],
  [0.985, 15_506_936],
  [0.99, 21_958_880],
  [0.9925, 30_201_616],
  [0.995, 44_845_772],
  [0.9965, 54_563_848],
  [0.998, 92_620_484],
  [0.9985, 121_133_160],
  [0.999, 170_769_960],
  [0.9995, 286_529_020],
  [0.9998, 560_067_956],
  [0.9999, 857_104_180],
  [1, 1_535_845_016],
];

/** The logarithm of the bytes below which a share of the packages lies; even between two entries. */
export function logPackageSize(share: number): number {
  const above = Math.max(
    1,
    QUANTILES.findIndex(([upTo]) => share <= upTo),
  );
  const [from, least] = QUANTILES[above - 1];
  const [to, most] = QUANTILES[above];
  const position = (share - from) / (to - from);
  return Math.log(least) + position * Math.log(most / least);
}
