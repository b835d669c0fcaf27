/** Files that tell of other files: they are asked for again and again, and must agree with each other. */

/**
 * What the server sends itself by default: indexes of APT with their signatures, of RPM and of PyPI. Two
 * mirrors that are not of the same minute would give a customer an index and a signature that disagree.
 */
export const METADATA: readonly string[] = [
  ...["InRelease", "Release", "Release.gpg", "Packages", "Packages.*", "Sources", "Sources.*"],
  ...["Contents-*", "Translation-*", "Components-*", "Commands-*"],
  ...["**/by-hash/**", "**/Packages.diff/**", "**/Sources.diff/**", "ls-lR*"],
  ...["**/repodata/**", ".treeinfo", "**/media.1/**"],
  ...["index.html", "**/simple/**/*.html", "**/simple/**/*.json", "*.whl.metadata"],
  ...["MD5SUMS*", "SHA*SUMS*"],
];

/**
 * Tells whether a path, without a slash in front, is one of the patterns': `*` stands for any characters
 * but a slash, `**` for any, a `**` before a slash for any folders or none, `?` for one character. A pattern
 * without a slash is for the last part of the path.
 */
export function metadataMatcher(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const names = patterns.filter((pattern) => !pattern.includes("/")).map(expressionOf);
  const paths = patterns.filter((pattern) => pattern.includes("/")).map(expressionOf);
  const all = [...paths, ...(names.length > 0 ? [`(?:.*/)?(?:${names.join("|")})`] : [])];
  const expression = new RegExp(`^(?:${all.join("|")})$`, "s");
  return (path) => expression.test(path);
}

function expressionOf(pattern: string): string {
  return pattern.replace(/\*\*\/|\*+|\?|[^*?]+/g, (part) => PARTS[part] ?? escaped(part));
}

const PARTS: Readonly<Record<string, string>> = {
  "**/": "(?:.*/)?",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
};

function escaped(text: string): string {
  return text.startsWith("*") ? ".*" : text.replace(/[.+^${}()|[\]\\]/g, "\\$&");
}
