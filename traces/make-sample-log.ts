/**
 * Makes sample-access.log.gz, an invented access log of a server of packages and images:
 *
 *     node --import tsx traces/make-sample-log.ts
 *
 * Two days, Monday and Tuesday, with a release on the second morning. Images carry about 70 % of
 * the bytes, as the project's model has it. Addresses are from the ranges set aside for
 * documentation (RFC 5737, RFC 3849); every name is invented.
 */
import { writeFileSync } from "node:fs";
import { exponential, streams } from "../sim/engine/random.ts";
import { weeklyRhythm } from "../sim/workload/rhythm.ts";
import { gzip } from "./gzip.ts";

const DAY = 86_400;
const START = Date.UTC(2026, 1, 2); // A Monday.
const RELEASE = 1.375 * DAY;
const HOSTS = 600;
const BACKGROUND_VISITS = 350;
const RELEASE_VISITS = 450;
const IMAGE_SHARE = 0.05;
const MEBIBYTE = 1024 * 1024;

interface File {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

const random = streams("sample-access.log");
const rhythm = weeklyRhythm("monday");
const when = random("when");
const who = random("who");
const what = random("what");
const how = random("how");

const images = ["netinst", "desktop", "server", "live"].map((kind, i) => ({
  path: `/iso/9.1/distro-9.1-${kind}-x86_64.iso`,
  size: Math.round([0.38, 1.4, 0.9, 1.1][i] * 1000 * MEBIBYTE),
}));
const packages = Array.from({ length: 240 }, (_, i) => packageFile(i, "1"));
const updates = Array.from({ length: 40 }, (_, i) => packageFile(i * 6, "2"));
const index = { path: "/updates/9/x86_64/repodata/primary.xml.gz", size: 1_240_311 };

const visits: { readonly time: number; readonly lines: readonly string[] }[] = [];
for (let i = 0; i < BACKGROUND_VISITS; i++) visit(rhythm.timeAt(when() * rhythm.elapsed(2 * DAY)));
for (let i = 0; i < RELEASE_VISITS; i++) {
  const time = RELEASE + exponential(when, 0.25 * DAY);
  if (time < 2 * DAY) visit(time);
}
const lines = visits.sort((a, b) => a.time - b.time).flatMap((each) => each.lines);
lines.splice(1200, 0, `${host()} - - [03/Feb/2026:`); // Two lines that are cut short.
lines.splice(2100, 0, `${host()} - - [03/Feb/2026:11:20:07 +0000] "GET /updates/9/x86_64/Pack`);
writeFileSync(new URL("sample-access.log.gz", import.meta.url), gzip(`${lines.join("\n")}\n`));

/** One host looks at the index and takes an image or a handful of packages, or new ones if there are. */
function visit(time: number): void {
  const client = host();
  const isRelease = time >= RELEASE && how() < 0.8;
  const log = (method: string, file: File, status: number, bytes: number) =>
    `${client} - - [${stamp(time)}] "${method} ${file.path} HTTP/1.1" ${status} ${bytes} "-" "fetch/2.1"`;

  const lines = [how() < 0.3 ? log("GET", index, 304, 0) : log("GET", index, 200, index.size)];
  if (how() < IMAGE_SHARE) {
    const image = pick(images);
    if (how() < 0.3) lines.push(log("HEAD", image, 200, 0));
    const isPartial = how() < 0.2;
    lines.push(
      isPartial
        ? log("GET", image, 206, Math.ceil(image.size * how()))
        : log("GET", image, 200, image.size),
    );
  } else {
    for (let left = 1 + Math.floor(how() * 8); left > 0; left--) {
      const file = pick(isRelease ? updates : packages);
      lines.push(how() < 0.02 ? log("GET", file, 404, 162) : log("GET", file, 200, file.size));
    }
  }
  visits.push({ time, lines });
}

/** Half of the packages are smaller than 500 kB, a tenth larger than 6 MB. */
function packageFile(number: number, version: string): File {
  const size = Math.round(Math.exp(Math.log(500_000) + (how() + how() + how() - 1.5) * 4));
  return { path: `/updates/9/x86_64/Packages/tool-${number}-${version}.0-1.x86_64.rpm`, size };
}

/** Earlier files are likelier. */
function pick(files: readonly File[]): File {
  return files[Math.floor(what() * what() * files.length)];
}

function host(): string {
  const number = Math.floor(who() * HOSTS);
  if (number >= 500) return `2001:db8::${number.toString(16)}`;
  return `${["192.0.2", "198.51.100", "203.0.113"][number % 3]}.${1 + Math.floor(number / 3)}`;
}

function stamp(time: number): string {
  const [, weekday, month, year, clock] = new Date(START + Math.floor(time) * 1000)
    .toUTCString()
    .split(" ");
  return `${weekday}/${month}/${year}:${clock} +0000`;
}
