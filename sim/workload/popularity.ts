/**
 * How widely installed the packages of an archive are: the percentage of packages (second) that at
 * most some percentage of the machines (first) has.
 *
 * Source: C. Dale, J. Liu, "apt-p2p: A Peer-to-Peer Distribution System for Software Package
 * Releases and Updates", INFOCOM 2009, its figure of popularity, 22,298 packages of Debian in 2008.
 */
const INSTALLED: readonly (readonly [machines: number, packages: number])[] = [
  [0.0014, 1.6],
  [0.0052, 5.1],
  [0.0102, 10.8],
  [0.02, 18.7],
  [0.039, 29.3],
  [0.076, 41.8],
  [0.15, 54.3],
  [0.29, 66.6],
  [0.58, 76.4],
  [1.13, 83.3],
  [2.2, 87.7],
  [4.3, 90.9],
  [8.5, 93.3],
  [16.6, 96.1],
  [32.6, 97.1],
  [63.8, 99.2],
];

/**
 * The share of machines that have the package of a rank (0 is the most popular) among so many
 * packages besides the base set.
 *
 * The source's plateau, the 0.8 % of packages that nearly every machine has, is the base set; the
 * others follow the rest of the distribution, logarithmically even between two of its points.
 */
export function popularity(rank: number, packages: number): number {
  const [, body] = INSTALLED[INSTALLED.length - 1];
  const level = body * (1 - (rank + 0.5) / packages);
  const above = Math.max(
    1,
    INSTALLED.findIndex(([, share]) => share >= level),
  );
  const [least, low] = INSTALLED[above - 1];
  const [most, high] = INSTALLED[above];
  const position = Math.max(0, (level - low) / (high - low));
  return (least / 100) * Math.exp(position * Math.log(most / least));
}
