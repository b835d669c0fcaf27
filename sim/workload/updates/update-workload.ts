import type { Stream } from "../../engine/random.ts";
import { type EarlierVersion, NO_CHANGES, type Workload } from "../workload.ts";
import { newFiles } from "./new-files.ts";
import { LARGE, type UpdateKind, type UpdateRecipe } from "./recipe.ts";

/**
 * A repository that changes, and no customers: what volunteers have to synchronise.
 *
 * Each new file that has an earlier version comes with that version, of the same size, which is there
 * before the window and has its own row. Of the large files some have the content of another that is
 * there already or appears with it; which one is drawn evenly.
 */
export function updateWorkload(recipe: UpdateRecipe, streams: (name: string) => Stream): Workload {
  const files = newFiles(recipe, streams("new files"));
  const kinds = streams("kinds of updates");
  const identical = streams("identical files");
  const size: number[] = [];
  const release: number[] = [];
  const digest: number[] = [];
  const earlier = new Map<number, EarlierVersion>();
  const large: number[] = [];

  const add = (bytes: number, at: number, content: number): number => {
    const row = size.push(bytes) - 1;
    release.push(at);
    digest.push(content < 0 ? row : digest[content]);
    if (bytes >= LARGE) large.push(row);
    return row;
  };
  for (const file of files) {
    const { likeness } = drawKind(recipe.kinds, kinds());
    const before = likeness === null ? -1 : add(file.size, Number.NEGATIVE_INFINITY, -1);
    const isTwin = file.size >= LARGE && identical() < recipe.identical && large.length > 0;
    const twin = isTwin ? large[Math.floor(identical() * large.length)] : -1;
    const row = add(twin < 0 ? file.size : size[twin], file.at, twin);
    if (likeness !== null) earlier.set(row, { file: before, likeness });
  }
  return {
    catalogue: {
      files: size.length,
      size: Float64Array.from(size),
      digest: Uint32Array.from(digest),
      release: Float64Array.from(release),
      path: (row) => `file-${row}`,
      earlier: (row) => earlier.get(row) ?? null,
    },
    changes: NO_CHANGES,
    trace: {
      requests: 0,
      time: new Float64Array(0),
      customer: new Uint32Array(0),
      file: new Uint32Array(0),
      bytes: new Float64Array(0),
      visit: new Uint32Array(0),
      visits: 0,
    },
    customers: 1,
    window: recipe.window,
    notes: [],
  };
}

function drawKind(kinds: readonly UpdateKind[], draw: number): UpdateKind {
  let left = draw;
  for (const kind of kinds) {
    left -= kind.share;
    if (left < 0) return kind;
  }
  return kinds[kinds.length - 1];
}
