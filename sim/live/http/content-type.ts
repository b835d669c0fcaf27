/**
 * The media type of a file by its name. Compressed files are what they are, never a Content-Encoding:
 * tools want the bytes of the repository.
 */
export function contentType(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (PLAIN_NAMES.has(name)) return TEXT;
  const dot = name.lastIndexOf(".");
  return (dot > 0 && TYPES.get(name.slice(dot + 1).toLowerCase())) || "application/octet-stream";
}

const TEXT = "text/plain; charset=utf-8";

/** Indexes of APT, and what else is text without saying so. */
const PLAIN_NAMES = new Set([
  ...["InRelease", "Release", "Packages", "Sources", "SHA256SUMS", "SHA512SUMS", "MD5SUMS"],
  ...["README", "LICENSE", "COPYING", "ChangeLog", "NEWS"],
]);

const TYPES: ReadonlyMap<string, string> = new Map([
  ...["txt", "log", "md", "sha256", "md5", "diff", "patch", "dsc", "changes", "list"].map(
    (extension) => [extension, TEXT] as const,
  ),
  ["html", "text/html; charset=utf-8"],
  ["htm", "text/html; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"],
  ["json", "application/json"],
  ["xml", "application/xml"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["gif", "image/gif"],
  ["pdf", "application/pdf"],
  ["deb", "application/vnd.debian.binary-package"],
  ["udeb", "application/vnd.debian.binary-package"],
  ["rpm", "application/x-rpm"],
  ["drpm", "application/x-rpm"],
  ["iso", "application/x-iso9660-image"],
  ["img", "application/octet-stream"],
  ["gz", "application/gzip"],
  ["tgz", "application/gzip"],
  ["xz", "application/x-xz"],
  ["zst", "application/zstd"],
  ["bz2", "application/x-bzip2"],
  ["lzma", "application/x-lzma"],
  ["tar", "application/x-tar"],
  ["zip", "application/zip"],
  ["whl", "application/zip"],
  ["jar", "application/java-archive"],
  ["asc", "application/pgp-signature"],
  ["sig", "application/pgp-signature"],
  ["gpg", "application/pgp-signature"],
  ["torrent", "application/x-bittorrent"],
  ["meta4", "application/metalink4+xml"],
  ["metalink", "application/metalink+xml"],
]);
