/**
 * Demand for images: so much of it that images have their share of all bytes delivered.
 */
import type { Stream } from "../../../engine/random.ts";
import { arrivals, exponentialShape } from "../../release-shape.ts";
import { AliasTable } from "../alias.ts";
import { Growing } from "../growing.ts";
import { Downloads } from "./downloads.ts";
import type { Market } from "./packages.ts";
import type { RequestSink } from "./sink.ts";

/** Requests kept until their number is known. */
export class RequestBuffer implements RequestSink {
  readonly #rows = Array.from({ length: 6 }, () => new Growing(Float64Array));
  readonly #window: number;
  readonly #most: number;
  bytes = 0;

  /** Bytes beyond `most` are not kept: the request in which they are reached is broken off there. */
  constructor(window: number, most: number) {
    this.#window = window;
    this.#most = most;
  }

  add(
    time: number,
    customer: number,
    file: number,
    bytes: number,
    status: number,
    visit: number,
  ): void {
    const kept = Math.min(bytes, Math.floor(this.#most - this.bytes));
    if (time >= this.#window || kept < 1) return;
    for (const [column, value] of [time, customer, file, kept, status, visit].entries()) {
      this.#rows[column].push(value);
    }
    this.bytes += kept;
  }

  get isFull(): boolean {
    return this.bytes > this.#most - 1;
  }

  replay(sink: RequestSink): void {
    const [time, customer, file, bytes, status, visit] = this.#rows;
    for (let row = 0; row < time.length; row++) {
      sink.add(
        time.get(row),
        customer.get(row),
        file.get(row),
        bytes.get(row),
        status.get(row),
        visit.get(row),
      );
    }
  }
}

/**
 * Requests for images of so many bytes in all, the last one broken off where they are reached.
 * Images that were there before are wanted in the rhythm of the week, new ones as their release
 * has it; each by its distribution's share of the customers.
 *
 * Who fetches an image comes for nothing else: it is a visit, with what it takes to go on with it
 * where it breaks off. Visits are numbered from `visits` + 1 on.
 *
 * Streams: "synth/image-demand" and "synth/image-downloads".
 */
export function requestImages(
  { recipe, repository, rhythm, customers }: Market,
  streams: (name: string) => Stream,
  { bytes, visits }: { readonly bytes: number; readonly visits: number },
): RequestBuffer {
  const { window, demand, catalogue } = recipe;
  const buffer = new RequestBuffer(window, repository.images.length === 0 ? 0 : bytes);
  const random = streams("synth/image-demand");
  const transfers = streams("synth/image-downloads");
  const downloads = new Downloads(repository.size, recipe.transfers, transfers, buffer);
  const shares = catalogue.distributions.map(({ customers }) => customers);
  const choices = [false, true].map((isNew) => choiceOf(repository.images, shares, isNew));
  const [hasOld, hasNew] = choices.map((choice) => choice !== null);
  const courses = coursesOf({ recipe, repository, rhythm });
  const elapsed = rhythm.elapsed(window);

  for (let visit = visits + 1; !buffer.isFull; visit++) {
    const isNew = hasNew && (!hasOld || random() < demand.newImages);
    const choice = choices[isNew ? 1 : 0];
    if (choice === null) return buffer;
    const image = choice.images[choice.table.draw(random)];
    const start = repository.images[image].time;
    const age = courses.get(start)?.ageAt(random()) ?? 0;
    const time = isNew ? start + age : rhythm.timeAt(random() * elapsed);
    const customer = customers.draw(random);
    downloads.fetch(time, customer, repository.firstImage + image, visit);
  }
  return buffer;
}

/** How customers come for what is released at a time, by that time. */
function coursesOf({
  recipe,
  repository,
  rhythm,
}: Pick<Market, "recipe" | "repository" | "rhythm">) {
  const { window: until, demand } = recipe;
  const shape = exponentialShape();
  const times = new Set(repository.images.map(({ time }) => time).filter(Number.isFinite));
  return new Map(
    [...times].map((at) => [at, arrivals(shape, rhythm, { at, until, firstDay: demand.firstDay })]),
  );
}

/** Of a distribution's images the second is wanted half as much as the first, and so on. */
function choiceOf(
  images: Market["repository"]["images"],
  shares: readonly number[],
  isNew: boolean,
): { readonly images: readonly number[]; readonly table: AliasTable } | null {
  const ranks = shares.map(() => 0);
  const chosen = [...images.keys()].filter((index) => images[index].time >= 0 === isNew);
  const weights = chosen.map((index) => {
    const { distribution } = images[index];
    return shares[distribution] / ++ranks[distribution];
  });
  const isWanted = weights.some((weight) => weight > 0);
  return isWanted ? { images: chosen, table: new AliasTable(weights) } : null;
}
