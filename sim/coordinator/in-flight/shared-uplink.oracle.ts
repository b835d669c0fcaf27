/** One transfer. Bytes; `left` is below 0 where the others have gone on since it was over. */
interface Plain {
  readonly transfer: number;
  readonly size: number;
  left: number;
}

/**
 * What `SharedUplink` says of transfers, without clock, marks and sums: every transfer has what it has
 * left, and all that are in flight get equal shares, from one end of a transfer to the next.
 */
export class PlainUplink {
  rate: number;
  foreign = 0;
  readonly #claim: number;
  readonly #inFlight: Plain[] = [];
  readonly #passed: Plain[] = [];
  #at = Number.NEGATIVE_INFINITY;
  #moved = 0;
  /** What was so since the last report: for how long, shared by how many, or none. */
  #spans: { seconds: number; sharers: number }[] = [];
  #idle = 0;

  constructor(claim: number) {
    this.#claim = claim;
    this.rate = claim;
  }

  get count(): number {
    return this.#inFlight.length;
  }

  get sharers(): number {
    const busy = this.#busy;
    const sum = this.#spans.reduce((all, { seconds, sharers }) => all + seconds * sharers, 0);
    return busy > 0 ? sum / busy : 0;
  }

  get #busy(): number {
    return this.#spans.reduce((all, { seconds }) => all + seconds, 0);
  }

  get passed(): readonly number[] {
    return this.#passed.map(({ transfer }) => transfer);
  }

  inFlight(): readonly number[] {
    return this.#inFlight.toSorted((a, b) => a.left - b.left).map(({ transfer }) => transfer);
  }

  ahead(size: number): number {
    const others = size === Number.POSITIVE_INFINITY ? 0 : this.foreign * size;
    return this.#inFlight.reduce((sum, { left }) => sum + Math.min(left, size), others);
  }

  left(transfer: number): number {
    return this.#inFlight.find((each) => each.transfer === transfer)?.left ?? 0;
  }

  secondsLeft(transfer: number): number {
    return (this.left(transfer) * (this.count + this.foreign)) / this.rate;
  }

  advance(now: number): void {
    let seconds = now - this.#at;
    this.#at = now;
    if (this.count === 0 && seconds < Number.POSITIVE_INFINITY) this.#idle += seconds;
    while (this.count > 0) {
      const sharers = this.count + this.foreign;
      const share = this.rate / sharers;
      const next = this.#next();
      const taken = Math.min(seconds, next.left / share);
      this.#spans.push({ seconds: taken, sharers });
      this.#moved += taken * share * this.count;
      if (seconds < next.left / share) {
        this.#move(seconds * share);
        return;
      }
      this.#move(next.left);
      this.#pass(next);
      seconds -= taken;
      if (this.count === 0) this.#idle = seconds;
    }
  }

  /** The one with the least left, of equal ones the first. */
  #next(): Plain {
    return this.#inFlight.reduce((least, each) => (each.left < least.left ? each : least));
  }

  #move(bytes: number): void {
    for (const each of [...this.#inFlight, ...this.#passed]) each.left -= bytes;
  }

  #pass(plain: Plain): void {
    plain.left = 0;
    this.#inFlight.splice(this.#inFlight.indexOf(plain), 1);
    this.#passed.push(plain);
    if (this.#passed.length > 64) this.#passed.shift();
  }

  begin(transfer: number, size: number): void {
    this.#idle = 0;
    this.#inFlight.push({ transfer, size, left: size });
  }

  end(transfer: number): void {
    for (const list of [this.#inFlight, this.#passed]) {
      const at = list.findIndex((each) => each.transfer === transfer);
      if (at >= 0) list.splice(at, 1);
    }
  }

  resume(transfer: number, left: number): void {
    const passed = this.#passed.find((each) => each.transfer === transfer);
    if (passed === undefined) return;
    this.#passed.splice(this.#passed.indexOf(passed), 1);
    this.#inFlight.push({ transfer, size: Math.max(passed.size, left), left });
  }

  correct(bytes: number): void {
    if (bytes > this.#moved) this.#forward(bytes - this.#moved);
    else this.#back(this.#moved - bytes);
    const seconds = this.#busy + (this.count > 0 ? this.#idle : 0);
    if (seconds > 0) this.#learn(bytes / seconds, seconds);
  }

  #forward(bytes: number): void {
    for (let left = bytes; this.count > 0; ) {
      const next = this.#next();
      const needed = next.left * this.count;
      if (left < needed) {
        this.#move(left / this.count);
        return;
      }
      left -= needed;
      this.#move(next.left);
      this.#pass(next);
    }
  }

  #back(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      const last = this.#passed.at(-1);
      if (last === undefined || -last.left * this.count > left) {
        if (this.count > 0) this.#move(-left / this.count);
        break;
      }
      left += last.left * this.count;
      this.#move(last.left);
      this.#passed.pop();
      this.#inFlight.push(last);
    }
    for (const each of this.#inFlight) each.left = Math.min(each.left, each.size);
  }

  #learn(rate: number, seconds: number): void {
    if (rate >= this.rate) this.rate = Math.min(rate, this.#claim);
    else if (Math.max(this.sharers, this.count) >= 2) {
      this.rate = Math.max((this.rate * 60 + rate * seconds) / (60 + seconds), this.#claim / 100);
    }
  }

  settle(): void {
    this.#passed.length = 0;
    this.#spans = [];
    this.#moved = 0;
    this.#idle = 0;
  }
}
