/** The calls of the operating system that a journal writes by. Those of `node:fs`, but for tests. */
export interface FileCalls {
  write(
    fd: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: null,
    done: (error: NodeJS.ErrnoException | null, written: number) => void,
  ): void;
  fsync(fd: number, done: (error: NodeJS.ErrnoException | null) => void): void;
}

/** What could not be written, and why. */
export interface CommitFailure {
  readonly error: NodeJS.ErrnoException;
  /** Lines that were handed over and do not stand in the file as a whole. */
  readonly lost: number;
  /** The stamp of the first line of the write that failed. */
  readonly from: number;
}

export interface CommitListener {
  onWritten(bytes: number): void;
  /** Called once, before those who wait are answered. */
  onFailed(failure: CommitFailure): void;
}

/**
 * Appends lines to a file and calls back those who wait until theirs are written, which is when write(2)
 * has returned. One write is under way at a time, and the next begins as soon as it ends, with all that
 * has been gathered meanwhile: the fuller the house, the larger the groups, and nobody waits for a timer.
 *
 * Where a write fails, nothing more is written, and whoever waits is called back at once.
 */
export class GroupCommit {
  readonly #fd: number;
  readonly #calls: FileCalls;
  readonly #listener: CommitListener;
  /** Lines that no write has taken yet. */
  #gathered = "";
  #gatheredLines = 0;
  #gatheredFrom = 0;
  /** The write under way: bytes, those that are written, lines. */
  #buffer = Buffer.allocUnsafe(FIRST_BUFFER);
  #length = 0;
  #done = 0;
  #lines = 0;
  #from = 0;
  /** Who waits for what was gathered, for the write under way, and who is being called back. */
  #waiting: (() => void)[] = [];
  #written: (() => void)[] = [];
  #called: (() => void)[] = [];
  #state: "held" | "idle" | "beginning" | "writing" | "failed";
  #isCalling = false;
  #hasUnsynced = false;
  /** Why this is to end after the write under way. */
  #end: NodeJS.ErrnoException | null = null;

  /** `isHeld`: writes nothing before `release`. */
  constructor(fd: number, calls: FileCalls, listener: CommitListener, isHeld = false) {
    this.#fd = fd;
    this.#calls = calls;
    this.#listener = listener;
    this.#state = isHeld ? "held" : "idle";
  }

  get hasFailed(): boolean {
    return this.#state === "failed" || this.#end !== null;
  }

  /** Lines that are not written yet. */
  get queued(): number {
    return this.#gatheredLines + (this.#state === "writing" ? this.#lines : 0);
  }

  /** Whether anything was written since the last `sync` began. */
  get hasUnsynced(): boolean {
    return this.#hasUnsynced;
  }

  /** Hands over a line of ASCII with its end. `stamp` tells where a failure began. */
  line(line: string, stamp: number): void {
    if (this.hasFailed) throw new Error("expected no line after a failure");
    if (this.#gatheredLines === 0) this.#gatheredFrom = stamp;
    this.#gathered += line;
    this.#gatheredLines++;
    if (this.#state !== "idle") return;
    // All lines of this turn of the event loop make the first group.
    this.#state = "beginning";
    setImmediate(this.#begin);
  }

  /** Calls back when all lines that have been handed over are written, or given up; in order. */
  written(then: () => void): void {
    if (this.#gatheredLines > 0 || this.#state === "held") this.#waiting.push(then);
    else if (this.#state === "writing") this.#written.push(then);
    else if (this.#isCalling) this.#called.push(then);
    else then();
  }

  release(): void {
    if (this.#state !== "held") return;
    this.#state = "idle";
    if (this.#gatheredLines > 0) this.#begin();
    else {
      const all = this.#waiting;
      this.#waiting = this.#called;
      this.#callBack(all);
    }
  }

  /** Has the operating system put on the disk what is written. */
  sync(done: (error: NodeJS.ErrnoException | null) => void): void {
    this.#hasUnsynced = false;
    this.#calls.fsync(this.#fd, done);
  }

  /** Writes nothing more, as after a write that failed. */
  fail(error: NodeJS.ErrnoException): void {
    if (this.hasFailed) return;
    this.#end = error;
    if (this.#state !== "writing") this.#fail(error);
  }

  readonly #begin = (): void => {
    if (this.#state === "failed") return;
    this.#state = "writing";
    const { length } = this.#gathered;
    if (length > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(2 * length);
    this.#length = this.#buffer.write(this.#gathered, 0, "latin1");
    this.#done = 0;
    this.#lines = this.#gatheredLines;
    this.#from = this.#gatheredFrom;
    this.#gathered = "";
    this.#gatheredLines = 0;
    const empty = this.#written;
    this.#written = this.#waiting;
    this.#waiting = empty;
    this.#write();
  };

  #write(): void {
    const left = this.#length - this.#done;
    this.#calls.write(this.#fd, this.#buffer, this.#done, left, null, this.#ended);
  }

  readonly #ended = (error: NodeJS.ErrnoException | null, written: number): void => {
    if (error === null) this.#done += written;
    if (error !== null) this.#fail(error);
    else if (written === 0) this.#fail(new Error("write(2) wrote nothing"));
    else if (this.#done < this.#length) this.#write();
    else if (this.#end !== null) this.#fail(this.#end);
    else this.#succeed();
  };

  #succeed(): void {
    this.#hasUnsynced = true;
    const length = this.#length; // The next write, which begins below, has another.
    const answered = this.#written;
    this.#written = this.#called;
    this.#called = answered;
    this.#state = "idle";
    if (this.#gatheredLines > 0) this.#begin();
    this.#listener.onWritten(length);
    this.#callBack(answered);
  }

  #fail(error: NodeJS.ErrnoException): void {
    const whole = this.#state === "writing" ? this.#wholeLines() : this.#lines;
    const lost = this.#lines - whole + this.#gatheredLines;
    const from = whole < this.#lines ? this.#from : this.#gatheredFrom;
    this.#state = "failed";
    this.#end = error;
    this.#gathered = "";
    this.#gatheredLines = 0;
    this.#listener.onFailed({ error, lost, from });
    this.#callBack([...this.#written.splice(0), ...this.#waiting.splice(0)]);
  }

  /** Lines of the write under way that stand in the file as a whole. */
  #wholeLines(): number {
    let lines = 0;
    for (let at = 0; at < this.#done; at++) if (this.#buffer[at] === LINE_END) lines++;
    return lines;
  }

  /** Calls all of them, and those who come in the meantime with nothing left to wait for. */
  #callBack(all: (() => void)[]): void {
    this.#called = all;
    this.#isCalling = true;
    for (let i = 0; i < all.length; i++) all[i]();
    this.#isCalling = false;
    all.length = 0;
  }
}

/** Bytes that hold the lines of one write, at first. */
const FIRST_BUFFER = 65_536;

const LINE_END = 0x0a;
