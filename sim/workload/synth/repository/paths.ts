import type { DistributionRecipe } from "../recipe.ts";
import { type Image, MEDIA } from "./images.ts";
import { INDEX_FILES, type Suite } from "./indexes.ts";
import type { Layout } from "./layout.ts";
import { titleOf } from "./title.ts";

/** What stands beside an rpm package and beside a deb package, one after the other. */
const BESIDE = { rpm: [".hdr", ".asc", ".drpm"], deb: [".dsc", ".diff.gz", ".changes"] } as const;

/** The path of a file of a build, as repositories of its format have it. */
export function buildPath(
  layout: Layout,
  distributions: readonly DistributionRecipe[],
  build: number,
  member: number,
): string {
  const line = layout.lineOf[build];
  const pack = layout.packageOf[line];
  const distribution = distributions[layout.distributionOf[pack]];
  const place = {
    title: titleOf(layout.title[pack]),
    release: line - layout.firstLine[pack],
    version: build - layout.firstBuild[line],
  };
  const isPackage = member < layout.packageFiles[build];
  if (!isPackage) return besidePath(distribution, place, member - layout.packageFiles[build]);
  const architecture = layout.isIndependent[pack] ? undefined : distribution.architectures[member];
  return packagePath(distribution, place, architecture);
}

/** The path of an image; a copy has the name that points to the current one. */
export function imagePath(
  distributions: readonly DistributionRecipe[],
  image: Image,
  number: number,
): string {
  const { name, releases, architectures } = distributions[image.distribution];
  const release = releases[image.release];
  const architecture = architectures[image.architecture];
  const folder = image.copyOf === null ? release : "current";
  const file = `${name}-${release}-${architecture}-${MEDIA[image.medium].name}${number}.iso`;
  return `${name}/${folder}/iso/${architecture}/${file}`;
}

/** The path of an index file. It holds the edition, since a file of a catalogue never changes. */
export function indexPath(
  distributions: readonly DistributionRecipe[],
  suite: Suite,
  file: number,
): string {
  const { name, format, releases, architectures } = distributions[suite.distribution];
  const offset = file - suite.firstIndex;
  const edition = Math.floor(offset / INDEX_FILES.length);
  const isSignature = INDEX_FILES[offset % INDEX_FILES.length] === "signature";
  const release = releases[suite.release];
  const architecture = architectures[suite.architecture];
  if (format === "deb") {
    const folder = `${name}/dists/${release}/main/binary-${architecture}/by-hash/${edition}`;
    return `${folder}/${isSignature ? "Release" : "Packages.gz"}`;
  }
  const folder = `${name}/${release}/${architecture}/repodata/${edition}`;
  return `${folder}/${isSignature ? "repomd.xml" : "primary.xml.gz"}`;
}

interface Place {
  readonly title: string;
  readonly release: number;
  readonly version: number;
}

function packagePath(
  { name, format, releases }: DistributionRecipe,
  { title, release, version }: Place,
  architecture: string | undefined,
): string {
  if (format === "deb") {
    const file = `${title}_${versionText(release, version)}_${architecture ?? "all"}.deb`;
    return `${name}/pool/main/${title.slice(0, title.startsWith("lib") ? 4 : 1)}/${title}/${file}`;
  }
  const file = `${title}-${versionText(release, version)}.${architecture ?? "noarch"}.rpm`;
  const tree = version === 0 ? "os" : "updates";
  return `${name}/${releases[release]}/${tree}/${architecture ?? "noarch"}/${file}`;
}

function besidePath(
  { name, format, releases }: DistributionRecipe,
  { title, release, version }: Place,
  member: number,
): string {
  const endings = BESIDE[format];
  const round = Math.floor(member / endings.length);
  const ending = `${round === 0 ? "" : `.${round}`}${endings[member % endings.length]}`;
  const file = `${title}-${versionText(release, version)}${ending}`;
  if (format === "deb") return `${name}/pool/main/source/${title}/${file}`;
  return `${name}/${releases[release]}/headers/${file}`;
}

/** Later versions of a line are later in the usual order; other releases have other versions. */
function versionText(release: number, version: number): string {
  return `${release + 1}.${Math.floor(version / 4)}-${(version % 4) + 1}`;
}
