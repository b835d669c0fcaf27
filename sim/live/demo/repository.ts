import { createHash } from "node:crypto";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { streams } from "../../engine/random.ts";

/** The bytes of files by their paths. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Where the digests of all files stand, in the words of `sha256sum`. */
export const INDEX = "SHA256SUMS";

/** Bytes: an image, packages as small and large as they come, and what is not worth a redirect. */
const SIZES: Readonly<Record<string, number>> = {
  "iso/demo-1.0.iso": 6_000_000,
  "pool/a/alder_1.0_all.deb": 1_500_000,
  "pool/b/birch_2.1_all.deb": 900_000,
  "pool/c/cedar_0.9_all.deb": 600_000,
  "pool/e/elm_3.0_all.deb": 400_000,
  "pool/f/fir_1.2_all.deb": 300_000,
  "pool/h/hazel_1.1_all.deb": 250_000,
  "pool/l/larch_5.0_all.deb": 200_000,
  "pool/m/maple_1.4_all.deb": 150_000,
  "pool/o/oak_2.0_all.deb": 120_000,
  README: 2000,
};

/** The same files every time. */
export function demoFiles(): Files {
  const named = streams("demo");
  const files = new Map<string, Uint8Array>();
  for (const [path, size] of Object.entries(SIZES)) {
    const random = named(path);
    const block = Uint8Array.from({ length: 4096 }, () => Math.floor(256 * random()));
    files.set(path, Buffer.alloc(size, block));
  }
  const lines = Array.from(files, ([path, bytes]) => `${sha256(bytes)}  ${path}\n`);
  return files.set(INDEX, Buffer.from(lines.join("")));
}

/** Writes them below the folder, as old as what is not being written any more. */
export function writeFiles(files: Files, folder: string): void {
  const before = Date.now() / 1000 - 3600;
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    utimesSync(file, before, before);
  }
}

/** The digests by path that an index tells. */
export function digestsIn(index: string): ReadonlyMap<string, string> {
  const lines = index.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm);
  return new Map(Array.from(lines, ([, digest, path]) => [path, digest]));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
