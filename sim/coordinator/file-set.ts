/**
 * Files by number, told without naming millions: all below a number but some, or a bit for each, the
 * first in the lowest bit of the first word.
 */
export type FileSet =
  | { readonly below: number; readonly except: readonly number[] }
  | { readonly bitmap: Uint32Array };

/** Every file there is and will be. */
export const ALL_FILES: FileSet = { below: Number.POSITIVE_INFINITY, except: [] };
export const NO_FILES: FileSet = { below: 0, except: [] };

/** Whether the file is in the set: a function, since few sets are asked once. */
export function membership(set: FileSet): (file: number) => boolean {
  if ("bitmap" in set) {
    const { bitmap } = set;
    return (file) => file >> 5 < bitmap.length && (bitmap[file >> 5] & (1 << (file & 31))) !== 0;
  }
  const { below } = set;
  if (set.except.length === 0) return (file) => file < below;
  const except = new Set(set.except);
  return (file) => file < below && !except.has(file);
}

/** Calls `act` for each file of the set below `files`, in order. */
export function forEachFile(set: FileSet, files: number, act: (file: number) => void): void {
  if ("bitmap" in set) {
    const { bitmap } = set;
    for (let at = 0; at < bitmap.length; at++) {
      for (let word = bitmap[at]; word !== 0; word &= word - 1) {
        const file = 32 * at + 31 - Math.clz32(word & -word);
        if (file < files) act(file);
      }
    }
    return;
  }
  const isIn = membership(set);
  for (let file = 0; file < Math.min(files, set.below); file++) if (isIn(file)) act(file);
}
