import { SERVER } from "../policies/index.ts";

/** Most asks that are remembered: 12 MB of columns, an hour of 70 a second. */
const MOST = 262_144;

/** Asks within the time after which there are many behind one address rather than one in trouble. */
const MANY = 5;

/** Seconds within which asks for parts of a file are those of one tool that fetches in parts. */
const TOGETHER = 1;

const NOBODY = -1;
const NONE = -1;

/** Of whom a customer has had enough for a file, when it asks again. */
export interface Tried {
  /** The volunteer that it came back from just now, or -1 where it does not complain. */
  readonly complained: number;
  /** Volunteers that it is not to be sent to again, or -1. */
  readonly first: number;
  readonly second: number;
}

/**
 * Who asks again for the same file soon. Ordinary tools that fail come back, if they do anything (curl
 * --retry, dnf, zypper; wget, apt and pip in their next run), and nothing else tells the server of it.
 * That is a weak complaint: several machines behind one address look alike, which is why more than
 * a few asks are taken for a crowd.
 *
 * A ring of the latest asks, each with what is known from the earlier ones of its kind, chained by hash.
 */
export class AskedAgain {
  readonly #within: number;
  #customers = new Float64Array(256);
  #files = new Int32Array(256);
  #at = new Float64Array(256);
  #asks = new Uint8Array(256);
  /** Volunteers tried, and whom this ask was sent to. */
  #first = new Int32Array(256);
  #second = new Int32Array(256);
  #sent = new Int32Array(256);
  /** The latest ask of each hash, and of each ask the one before of the same hash; places in the ring. */
  #heads = new Int32Array(256).fill(NONE);
  #before = new Int32Array(256);
  /** Asks so far; that number n is at the place n modulo the length of the ring. */
  #count = 0;
  readonly #tried = { complained: NOBODY, first: NOBODY, second: NOBODY };

  /** `within`: seconds after which an ask is a new one; 0 to remember nothing. */
  constructor(within: number) {
    this.#within = within;
  }

  /**
   * The customer asks for a file, or for a part of it. The answer is the same object every time;
   * `sentTo` is to be called next.
   */
  ask(customer: number, file: number, isPart: boolean, now: number): Tried {
    const tried = this.#tried;
    tried.complained = NOBODY;
    tried.first = NOBODY;
    tried.second = NOBODY;
    if (this.#within === 0) return tried;
    const found = this.#find(customer, file, now);
    const asks = found === NONE ? 1 : this.#heed(found, isPart, now);
    // Only now, since the new ask may take the place of the one that was found.
    const place = this.#push(customer, file, now);
    this.#asks[place] = asks;
    this.#first[place] = tried.first;
    this.#second[place] = tried.second;
    return tried;
  }

  /** What the customer's ask before tells of this one; returns how many asks there were with it. */
  #heed(found: number, isPart: boolean, now: number): number {
    const isTogether = isPart && now - this.#at[found] < TOGETHER;
    const asks = isTogether ? this.#asks[found] : Math.min(MANY + 1, this.#asks[found] + 1);
    if (asks > MANY) return asks;
    const tried = this.#tried;
    tried.first = this.#first[found];
    tried.second = this.#second[found];
    if (isTogether || this.#sent[found] === SERVER) return asks;
    tried.complained = this.#sent[found];
    if (tried.first === NOBODY) tried.first = tried.complained;
    else tried.second = tried.complained;
    return asks;
  }

  /** The ask of just now was sent to the volunteer, or to `SERVER`. */
  sentTo(node: number): void {
    if (this.#within > 0) this.#sent[(this.#count - 1) % this.#at.length] = node;
  }

  /** What the customer has tried, without any effect. */
  triedBy(customer: number, file: number, now: number): readonly number[] {
    const found = this.#within === 0 ? NONE : this.#find(customer, file, now);
    if (found === NONE) return [];
    return [this.#first[found], this.#second[found]].filter((node) => node !== NOBODY);
  }

  /** The latest ask of the customer for the file, if it is not too old. */
  #find(customer: number, file: number, now: number): number {
    let number = this.#count;
    let place = this.#heads[this.#hashOf(customer, file)];
    // A place that was used again since has a later number than whoever points to it.
    while (place !== NONE && this.#numberAt(place) < number) {
      if (now - this.#at[place] > this.#within) return NONE;
      if (this.#customers[place] === customer && this.#files[place] === file) return place;
      number = this.#numberAt(place);
      place = this.#before[place];
    }
    return NONE;
  }

  #numberAt(place: number): number {
    const last = this.#count - 1;
    const { length } = this.#at;
    return last - ((((last - place) % length) + length) % length);
  }

  #hashOf(customer: number, file: number): number {
    // Knuth's multiplicative hash of the low half, the high half and the file.
    const high = Math.floor(customer / 4_294_967_296);
    const mixed = Math.imul((customer >>> 0) ^ Math.imul(high ^ file, 0x85ebca6b), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#heads.length - 1);
  }

  #push(customer: number, file: number, now: number): number {
    const { length } = this.#at;
    const oldest = this.#at[this.#count % length];
    if (this.#count >= length && length < MOST && now - oldest <= this.#within) {
      this.load(this.save(), 2 * length);
    }
    const place = this.#count % this.#at.length;
    const hash = this.#hashOf(customer, file);
    this.#customers[place] = customer;
    this.#files[place] = file;
    this.#at[place] = now;
    this.#asks[place] = 1;
    this.#first[place] = NOBODY;
    this.#second[place] = NOBODY;
    this.#sent[place] = SERVER;
    this.#before[place] = this.#heads[hash];
    this.#heads[hash] = place;
    this.#count++;
    return place;
  }

  /** The asks that are not too old, the oldest first. */
  save() {
    const { length } = this.#at;
    const places: number[] = [];
    const last = this.#at[(this.#count + length - 1) % length];
    for (let number = Math.max(0, this.#count - length); number < this.#count; number++) {
      const place = number % length;
      if (last - this.#at[place] <= this.#within) places.push(place);
    }
    return {
      customers: Float64Array.from(places, (place) => this.#customers[place]),
      files: Int32Array.from(places, (place) => this.#files[place]),
      at: Float64Array.from(places, (place) => this.#at[place]),
      asks: Uint8Array.from(places, (place) => this.#asks[place]),
      first: Int32Array.from(places, (place) => this.#first[place]),
      second: Int32Array.from(places, (place) => this.#second[place]),
      sent: Int32Array.from(places, (place) => this.#sent[place]),
    };
  }

  /** Takes over what was saved, in a ring with room for so many asks at least. */
  load(saved: ReturnType<AskedAgain["save"]>, room = 256): void {
    let length = room;
    while (length < saved.at.length) length *= 2;
    this.#customers = new Float64Array(length);
    this.#files = new Int32Array(length);
    this.#at = new Float64Array(length);
    this.#asks = new Uint8Array(length);
    this.#first = new Int32Array(length);
    this.#second = new Int32Array(length);
    this.#sent = new Int32Array(length);
    this.#heads = new Int32Array(length).fill(NONE);
    this.#before = new Int32Array(length);
    this.#count = 0;
    for (let i = 0; i < saved.at.length; i++) {
      const place = this.#push(saved.customers[i], saved.files[i], saved.at[i]);
      this.#asks[place] = saved.asks[i];
      this.#first[place] = saved.first[i];
      this.#second[place] = saved.second[i];
      this.#sent[place] = saved.sent[i];
    }
  }
}
