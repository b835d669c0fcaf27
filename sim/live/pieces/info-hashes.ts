import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** Files, and what they held when their torrent was made: `digest` is hexadecimal. */
export interface InfoHashEntry {
  readonly digest: string;
  readonly files: readonly number[];
}

const LINE = /^([\da-f]{40}) ([\da-f]{64}) (\d+(?:,\d+)*)$/;

/**
 * Which info hash is the torrent of which files. It is a text to which lines are appended, `info-hash
 * sha256 file,file,…`, so that after a restart peers find their swarm before anybody asks for its torrent
 * again. Torrents beyond `most` are forgotten, those first that were made first; the text is written anew when
 * it has twice as many lines. What is no line, such as a torn end, is left out.
 */
export class InfoHashes {
  readonly #path: string;
  readonly #most: number;
  readonly #entries = new Map<string, InfoHashEntry>();
  #lines = 0;
  /** Whether the last line may be without its end. */
  #isTorn = false;

  /** @throws Error where the text is there and cannot be read, or not be written. */
  constructor(path: string, most: number) {
    this.#path = path;
    this.#most = most;
    if (!existsSync(path)) return;
    const lines = readFileSync(path, "latin1").split("\n");
    for (const line of lines) {
      const [, infoHash, digest, files] = LINE.exec(line) ?? [];
      if (infoHash !== undefined) this.#set(infoHash, { digest, files: numbers(files) });
    }
    this.#lines = lines.length - 1;
    this.#isTorn = lines.at(-1) !== "";
    if (this.#isTooLong()) this.#writeAnew();
  }

  /** The torrent's files; undefined where the info hash, in hexadecimal, is none of ours. */
  get(infoHash: string): InfoHashEntry | undefined {
    return this.#entries.get(infoHash);
  }

  /** @throws Error where the disk does not take it; until the next start it is known all the same. */
  add(infoHash: string, entry: InfoHashEntry): void {
    this.#set(infoHash, entry);
    this.#lines++;
    if (this.#isTooLong()) this.#writeAnew();
    else this.#append(lineOf(infoHash, entry));
  }

  #append(line: string): void {
    const whole = this.#isTorn ? `\n${line}` : line;
    this.#isTorn = true;
    appendFileSync(this.#path, whole);
    this.#isTorn = false;
  }

  #set(infoHash: string, entry: InfoHashEntry): void {
    this.#entries.delete(infoHash);
    this.#entries.set(infoHash, entry);
    if (this.#entries.size <= this.#most) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      break;
    }
  }

  #isTooLong(): boolean {
    return this.#lines > 2 * this.#most;
  }

  #writeAnew(): void {
    const lines = Array.from(this.#entries, ([infoHash, entry]) => lineOf(infoHash, entry));
    writeFileSync(`${this.#path}.part`, lines.join(""), { flush: true });
    renameSync(`${this.#path}.part`, this.#path);
    this.#lines = lines.length;
    this.#isTorn = false;
  }
}

function lineOf(infoHash: string, { digest, files }: InfoHashEntry): string {
  return `${infoHash} ${digest} ${files.join(",")}\n`;
}

function numbers(text: string): number[] {
  return text.split(",").map(Number);
}
