/**
 * The package of which the file at `path` is a version, as distributions name their files; empty if
 * the name does not say. Architectures are part of it: their versions are not similar.
 *
 * - Debian Policy, section 5.6.12 and deb(5): `name_version_architecture.deb`
 * - RPM: `name-version-release.architecture.rpm`
 * - Arch Linux, makepkg(8): `name-version-release-architecture.pkg.tar.zst`
 * - Source archives, such as `name_version.tar.gz` (CRAN, Debian) and `name-version.tar.xz`
 */
export function packageNameOf(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (file.length > LONGEST_NAME) return "";
  for (const pattern of PATTERNS) {
    const groups = pattern.exec(file)?.groups;
    if (groups === undefined) continue;
    const { name = "", architecture } = groups;
    return architecture === undefined ? name : `${name}.${architecture}`;
  }
  return "";
}

/** As file systems have it (NAME_MAX); also bounds the time the patterns take. */
const LONGEST_NAME = 255;

const PATTERNS = [
  /^(?<name>[^_]+)_[^_]+_(?<architecture>[^_.]+)\.[ud]?deb$/,
  /^(?<name>.+)-[^-]+-[^-]+\.(?<architecture>[^.]+)\.rpm$/,
  /^(?<name>.+)-[^-]+-[^-]+-(?<architecture>[^-.]+)\.pkg\.tar(?:\.\w+)?$/,
  /^(?<name>.+?)[_-]v?\d[^/]*\.(?:tar\.\w+|tgz|zip)$/,
];
