import { fileBytes, workloadNormal, workloadRandom } from "./workload-random.ts";

/** Transfers from a server and 40 volunteers to customers, in order of their starts. */
export interface StarWorkload {
  /** Bytes per second of the uplink of the server, then of the volunteers'. */
  readonly uplinks: readonly number[];
  /** Bytes per second of the downlink of each customer. */
  readonly downlinks: Float64Array;
  /** Seconds, uplink, downlink and bytes of each transfer. */
  readonly start: Float64Array;
  readonly source: Uint8Array;
  readonly customer: Uint32Array;
  readonly bytes: Float64Array;
}

interface StarSpec {
  readonly transfers: number;
  readonly customers: number;
  /** Share of disk images, and bytes of the median of other files. */
  readonly images: number;
  readonly median: number;
  readonly seed: number;
  /** Sum of the times at which all transfers end: the known answer. */
  readonly endSum: number;
}

export type StarSize = "1e3" | "1e4" | "1e5" | "1e6";

export const STARS: Readonly<Record<StarSize, StarSpec>> = {
  "1e3": star(1e3, 1000, 0.85, 4e6, 1, 3_928_396.136566),
  "1e4": star(1e4, 5000, 0.25, 2e6, 2, 38_953_440.961394),
  "1e5": star(1e5, 5000, 0.03, 2e6, 3, 380_165_402.936985),
  "1e6": star(1e6, 5000, 0.003, 2.5e5, 4, 3_762_147_487.504247),
};

const VOLUNTEERS = 40;
const SERVER_SHARE = 0.2;
const IMAGES = [358e6, 704e6, 1443e6, 4700e6];
const IMAGE_QUANTILES = [0.4, 0.8, 0.97, 1];
/** Seconds; half of the transfers start within a flash crowd of ten minutes. */
const LENGTH = 7200;
const CROWD = { from: 3600, length: 600 };

export function starWorkload(size: StarSize): StarWorkload {
  const { transfers, customers, images, median, seed } = STARS[size];
  const random = workloadRandom(1000 + seed);
  const ofCustomer = workloadRandom(5000);
  const workload = {
    uplinks: [125e6, ...Array<number>(VOLUNTEERS).fill(12.5e6)],
    downlinks: Float64Array.from({ length: customers }, () =>
      Math.round(1.25e6 + ofCustomer() * 11.25e6),
    ),
    // Uniform times in order are those of a Poisson process whose count is given.
    start: Float64Array.from({ length: transfers }, (_, i) =>
      micro(i < transfers / 2 ? random() * LENGTH : CROWD.from + random() * CROWD.length),
    ).sort(),
    source: new Uint8Array(transfers),
    customer: new Uint32Array(transfers),
    bytes: new Float64Array(transfers),
  };
  for (let i = 0; i < transfers; i++) {
    const isServer = random() < SERVER_SHARE;
    workload.source[i] = isServer ? 0 : 1 + Math.floor(random() * VOLUNTEERS);
    workload.customer[i] = Math.floor(random() * customers);
    const isImage = random() < images;
    const quantile = random();
    const file = fileBytes(median, workloadNormal(random));
    const image = IMAGES[IMAGE_QUANTILES.findIndex((upper) => quantile < upper)];
    workload.bytes[i] = isImage ? image : file;
  }
  return workload;
}

function micro(seconds: number): number {
  return Math.floor(seconds * 1e6) / 1e6;
}

function star(
  transfers: number,
  customers: number,
  images: number,
  median: number,
  seed: number,
  endSum: number,
): StarSpec {
  return { transfers, customers, images, median, seed, endSum };
}
