/**
 * Makes debian-12.tsv.gz, an extract of the Debian 12 package index:
 *
 *     apt-cache dumpavail > avail.txt
 *     node --import tsx traces/make-debian-12.ts catalog.tsv.gz avail.txt
 *
 * The first argument is a gzipped table of the suites' Packages indices with the columns suite,
 * list_arch, package, version, arch, size and sha256_16. The second gives priorities and
 * dependencies, which that table lacks.
 *
 * What is taken:
 * - base: the packages of priority required, important and standard, and all they depend on;
 * - popular: the packages named in popular-packages.txt, in that order;
 * - sample: of the rest, sorted by size, the middle one of every run of EVERY packages, so that
 *   the sizes are distributed as in the index;
 * - every later version of one of these in bookworm-security or bookworm-updates, the latest only.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { compareVersions } from "./debian-version.ts";
import { gzip } from "./gzip.ts";

const EVERY = 20;

interface Row {
  readonly suite: string;
  readonly package: string;
  readonly version: string;
  readonly architecture: string;
  /** Bytes. */
  readonly size: number;
  /** The first 16 hexadecimal digits of the file's SHA-256. */
  readonly digest: string;
}

interface Available {
  readonly priority: string;
  readonly provides: readonly string[];
  readonly depends: readonly string[];
}

const [indexPath, availablePath] = process.argv.slice(2);
if (indexPath === undefined || availablePath === undefined) {
  throw new Error("expected two arguments: the index and the output of apt-cache dumpavail");
}
const index = readIndex(gunzipSync(readFileSync(indexPath)).toString());
const available = readAvailable(readFileSync(availablePath, "utf8"));
writeFileSync(new URL("debian-12.tsv.gz", import.meta.url), gzip(extract()));

function extract(): string {
  const old = new Map(
    index.filter(({ suite }) => suite === "bookworm").map((row) => [row.package, row]),
  );
  const base = baseSet();
  const popular = readFileSync(new URL("popular-packages.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((name) => name !== "" && !name.startsWith("#") && !base.has(name));
  const taken = new Set([...base, ...popular]);
  const rest = [...old.values()].filter((row) => !taken.has(row.package));
  const updates = latestUpdates(old);

  const lines = ["suite\tpackage\tversion\tarchitecture\tsize\tsha256_16\tpriority\tset\tupdates"];
  const write = (name: string, set: string) => {
    const row = old.get(name);
    if (row === undefined) throw new Error(`unknown package: ${name}`);
    lines.push(line(row, name, set, ""));
    const update = updates.get(name);
    if (update !== undefined) lines.push(line(update, name, set, name));
  };
  for (const name of [...base].sort()) write(name, "base");
  for (const name of popular) write(name, "popular");
  for (const { package: name } of sample(rest)) write(name, "sample");
  return `${lines.join("\n")}\n`;
}

function line(row: Row, old: string, set: string, updates: string): string {
  const { suite, version, architecture, size, digest } = row;
  const priority = available.get(old)?.priority ?? "";
  return [suite, row.package, version, architecture, size, digest, priority, set, updates].join(
    "\t",
  );
}

/** One package of every EVERY, evenly over the sizes; returned in order of name. */
function sample(rest: readonly Row[]): Row[] {
  return rest
    .toSorted((a, b) => a.size - b.size || compareNames(a, b))
    .filter((_, position) => position % EVERY === Math.floor(EVERY / 2))
    .sort(compareNames);
}

/** The packages a minimal system has, by priority, and the closure of their first alternatives. */
function baseSet(): Set<string> {
  const base = new Set<string>();
  const providers = new Map<string, string>();
  for (const name of [...available.keys()].sort()) {
    for (const virtual of available.get(name)?.provides ?? []) {
      if (!providers.has(virtual)) providers.set(virtual, name);
    }
  }
  const add = (name: string) => {
    const real = available.has(name) ? name : providers.get(name);
    if (real === undefined || base.has(real)) return;
    base.add(real);
    for (const dependency of available.get(real)?.depends ?? []) add(dependency);
  };
  for (const [name, { priority }] of available) {
    if (["required", "important", "standard"].includes(priority)) add(name);
  }
  return base;
}

/** For each package of bookworm, its latest version in the other suites if that is a later one. */
function latestUpdates(old: ReadonlyMap<string, Row>): Map<string, Row> {
  const latest = new Map<string, Row>();
  for (const row of index) {
    if (row.suite !== "bookworm-security" && row.suite !== "bookworm-updates") continue;
    for (const replaced of replacedBy(row, old)) {
      const best = latest.get(replaced.package) ?? replaced;
      if (compareVersions(row.version, best.version) > 0) latest.set(replaced.package, row);
    }
  }
  return latest;
}

/**
 * The bookworm packages that a row updates: that of its name, or, as a kernel's name carries the
 * number of its binary interface, the highest-numbered one of the same flavour.
 */
function replacedBy(row: Row, old: ReadonlyMap<string, Row>): Row[] {
  const same = old.get(row.package);
  if (same !== undefined) return [same];
  const flavour = kernelFlavour(row.package);
  if (flavour === undefined) return [];
  return [...old.values()]
    .filter((candidate) => kernelFlavour(candidate.package) === flavour)
    .sort((a, b) => compareVersions(b.version, a.version))
    .slice(0, 1);
}

function kernelFlavour(name: string): string | undefined {
  const match = /^(linux-(?:image|headers)-6\.1\.0)-\d+-(.+)$/.exec(name);
  return match === null ? undefined : `${match[1]}-${match[2]}`;
}

function readIndex(text: string): Row[] {
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line): Row => {
      const [suite, , name, version, architecture, size, digest] = line.split("\t");
      return { suite, package: name, version, architecture, size: Number(size), digest };
    });
}

function readAvailable(text: string): Map<string, Available> {
  const packages = new Map<string, Available>();
  for (const stanza of text.split("\n\n")) {
    const field = (name: string) =>
      new RegExp(`^${name}: (.*)$`, "m").exec(stanza)?.[1].trim() ?? "";
    const name = field("Package");
    if (name === "" || packages.has(name)) continue;
    packages.set(name, {
      priority: field("Priority"),
      provides: names(field("Provides")),
      depends: [...names(field("Pre-Depends")), ...names(field("Depends"))],
    });
  }
  return packages;
}

/** The package names of a relation field, of alternatives the first. */
function names(relation: string): string[] {
  return relation
    .split(",")
    .map((part) => part.trim().split(/[\s|:(]/)[0])
    .filter((name) => name !== "");
}

function compareNames(a: Row, b: Row): number {
  return a.package < b.package ? -1 : a.package > b.package ? 1 : 0;
}
