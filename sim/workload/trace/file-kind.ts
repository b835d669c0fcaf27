import { FILE_KINDS, type FileKind } from "./trace.ts";

/** A kind's files by their path in lower case. The first that fits counts. */
const PATTERNS: readonly (readonly [kind: FileKind, pattern: RegExp])[] = [
  ["image", /\.(iso|img|qcow2|vmdk|vdi|vhdx?|ova|wim|usb|raw)(\.(gz|xz|bz2|zst|zip))?$/],
  [
    "index",
    /(^|\/)(repodata|dists|repositories)\/|(^|\/)((in)?release(\.gpg)?|packages|sources|contents-[^/]*|translation-[^/]*|repomd\.xml|ls-lr|apkindex|indices|index\.html?|[^/]*\.(db|files))(\.(gz|xz|bz2|zst|zck|asc|sig|tar\.gz))*$/,
  ],
  [
    "package",
    /\.([ud]?deb|d?rpm|apk|pkg\.tar(\.(xz|zst|gz))?|dsc|jar|whl|gem|crate|nupkg|snap|flatpak|msi|exe|dmg|cab)$|\.(tar|t)(\.?(gz|xz|bz2|zst|lz))?$|\.zip$/,
  ],
];

/** The kind of the file at `path`, as its name tells it. An index is a list of what there is. */
export function kindOf(path: string): FileKind {
  const name = path.toLowerCase();
  for (const [kind, pattern] of PATTERNS) if (pattern.test(name)) return kind;
  return "other";
}

/** The same as an index into `FILE_KINDS`. */
export function kindIndexOf(path: string): number {
  return FILE_KINDS.indexOf(kindOf(path));
}
