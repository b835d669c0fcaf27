import { writeSync } from "node:fs";
import { exponential, type Stream, streams } from "../engine/random.ts";

const CLIENTS = 100_000;
const FILES = 60_000;
const BLOCK = 10_000;
const START = Date.UTC(2026, 1, 2);

/** Seconds between visits. */
const BETWEEN = 0.05;

/** Pareto shapes: some clients come often, and few files make most requests. */
const CLIENT_SHAPE = 0.4;
const FILE_SHAPE = 0.5;

/**
 * Writes an invented Combined log of a package server: clients come, look at an index and take some
 * packages. Names, agents and statuses are as in such logs, and lines are in order of time, as nginx
 * writes them; a line has about 165 bytes.
 */
export function writeCombinedLog(handle: number, lines: number): void {
  const random = streams("bench: combined log");
  const who = random("who");
  const what = random("what");
  const when = random("when");
  let time = START / 1000;
  let block: string[] = [];
  for (let written = 0; written < lines; ) {
    time += exponential(when, BETWEEN);
    const client = clientName(pareto(who, CLIENT_SHAPE, CLIENTS));
    const visit = Math.min(lines - written, 1 + Math.floor(what() * 12));
    for (let request = 0; request < visit; request++) {
      block.push(line(client, time, what, request));
    }
    written += visit;
    if (block.length < BLOCK && written < lines) continue;
    writeSync(handle, `${block.join("\n")}\n`);
    block = [];
  }
}

function line(client: string, time: number, what: Stream, request: number): string {
  const isIndex = request === 0;
  const file = pareto(what, FILE_SHAPE, FILES);
  const path = isIndex ? "/debian/dists/bookworm/InRelease" : packagePath(file);
  const status = isIndex && what() < 0.7 ? 304 : what() < 0.02 ? 404 : 200;
  const bytes = status === 304 ? 0 : status === 404 ? 196 : isIndex ? 151_082 : 1000 + file * 97;
  const agent = what() < 0.8 ? "Debian APT-HTTP/1.3 (2.6.1)" : BROWSER;
  return `${client} - - [${stamp(time)}] "GET ${path} HTTP/1.1" ${status} ${bytes} "-" "${agent}"`;
}

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0";

/** As apt asks for it, which encodes each plus: a third of Debian's versions have one. */
function packagePath(file: number): string {
  const version = file % 3 === 0 ? `1.${file % 30}.2-3%2bdeb12u1` : `1.${file % 30}.2-3`;
  return `/debian/pool/main/l/lib${file}/lib${file}-dev_${version}_amd64.deb`;
}

function clientName(client: number): string {
  if (client % 10 === 0) return `2001:db8:${client.toString(16)}::1`;
  return `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`;
}

/** Ranks from 0 to below `most`, the first ones far more often; those beyond are spread over all. */
function pareto(random: Stream, shape: number, most: number): number {
  return (Math.floor((1 - random()) ** (-1 / shape)) - 1) % most;
}

function stamp(time: number): string {
  const date = new Date(Math.floor(time) * 1000);
  const [, day, month, year, clock] = date.toUTCString().split(" ");
  return `${day}/${month}/${year}:${clock} +0000`;
}
