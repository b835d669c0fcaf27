import { anew } from "./catalogue/anew.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import type { ScanSummary } from "./catalogue/scan.ts";
import { CatalogueWatch } from "./catalogue/watch.ts";
import type { LiveHost } from "./host/live-host.ts";
import type { CatalogueMark } from "./host/restored-host.ts";
import type { CatalogueChange } from "./parts.ts";
import type { CatalogueStatus } from "./status/status-host.ts";

/** Changes of the catalogue that the coordinator is told in one go. */
const TOGETHER = 5000;

export interface RepositoryParts {
  readonly folder: string;
  /** Seconds between two looks. */
  readonly every: number;
  readonly catalogue: Catalogue;
  readonly host: LiveHost;
  /** Up to where the coordinator has been told of the catalogue. */
  readonly told: { catalogue: CatalogueMark };
  readonly say: (line: string) => void;
  readonly warn: (text: string) => void;
}

/** The files of the repository: looks for changes, and has the coordinator know of them. */
export class Repository {
  readonly #parts: RepositoryParts;
  readonly #watch: CatalogueWatch;
  /** What the last look took, and host time of its end. */
  #looked: { readonly seconds: number; readonly at: number } | null = null;
  #summed = { version: -1, bytes: 0 };

  constructor(parts: RepositoryParts) {
    this.#parts = parts;
    this.#watch = new CatalogueWatch({
      ...{ catalogue: parts.catalogue, everySeconds: parts.every },
      onSummary: (summary) => this.#heed(summary),
      onError: this.#failed,
    });
  }

  /** Tells the coordinator what has become of the files since it was told last. */
  async catchUp(): Promise<void> {
    const { told, catalogue, warn } = this.#parts;
    const { version, count } = told.catalogue;
    let changes = catalogue.changesSince(version, count);
    if (changes === null) {
      // Numbers mean other files: nothing of what is believed can be kept.
      warn("the index of the files is not the one of the journal: all copies count as changed");
      changes = anew(catalogue, count);
    }
    let batch: CatalogueChange[] = [];
    for (const change of changes) {
      batch.push(change);
      if (batch.length < TOGETHER) continue;
      this.changed(batch);
      batch = [];
      await new Promise(setImmediate);
    }
    this.changed(batch);
  }

  /** The catalogue has changed. */
  changed(changes: readonly CatalogueChange[]): void {
    const { host, told, catalogue } = this.#parts;
    host.changed(changes);
    told.catalogue = { version: catalogue.version, count: catalogue.count };
  }

  /** Looks now, without a word to who asks; what fails is a warning. */
  readonly look = (): void => {
    this.rescan().catch(this.#failed);
  };

  rescan(): Promise<ScanSummary> {
    return this.#watch.rescan();
  }

  readonly #failed = (error: unknown): void =>
    this.#parts.warn(`the files could not be looked at: ${(error as Error).message}`);

  #heed({ seconds, examples, added, changed, removed }: ScanSummary): void {
    const { host, say, warn } = this.#parts;
    this.#looked = { seconds, at: host.now() };
    for (const { reason, path } of examples) warn(`left out (${reason}): ${path}`);
    if (added + changed + removed > 0) {
      say(`files: ${added} added, ${changed} changed, ${removed} removed`);
    }
  }

  get status(): CatalogueStatus {
    const { folder, catalogue, host } = this.#parts;
    return {
      root: folder,
      files: catalogue.there,
      bytes: this.#bytes(),
      version: catalogue.version,
      scanSeconds: this.#looked?.seconds ?? null,
      scanAge: this.#looked === null ? null : host.now() - this.#looked.at,
      scanned: null,
    };
  }

  /** Of all files together; summed up once for each version. */
  #bytes(): number {
    const { catalogue } = this.#parts;
    const { version, count } = catalogue;
    if (this.#summed.version !== version) {
      let bytes = 0;
      for (let file = 0; file < count; file++)
        if (catalogue.has(file)) bytes += catalogue.size(file);
      this.#summed = { version, bytes };
    }
    return this.#summed.bytes;
  }

  close(): void {
    this.#watch.close();
  }
}
