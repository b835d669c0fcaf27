/** What tests of the journal share: a small coordinator whose host lives in a folder. */
import { fsync, mkdtempSync, write } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  bindPolicies,
  Coordinator,
  type Event,
  type Named,
  seededChance,
  withAllParams,
} from "../../coordinator/index.ts";
import type { FileCalls } from "./group-commit.ts";
import { JournalStore } from "./journal-store.ts";
import { type Restored, restore } from "./restore.ts";
import type { Deciding } from "./segment-head.ts";
import type { StoreOptions } from "./store-options.ts";

export const NODE_CALLS: FileCalls = { write, fsync };

/** Calls that fail with ENOSPC, or take at most so many bytes, when told to. */
export class FailingCalls implements FileCalls {
  isFull = false;
  most = Number.POSITIVE_INFINITY;
  syncs = 0;

  write: FileCalls["write"] = (fd, bytes, offset, length, position, done) => {
    if (!this.isFull) return write(fd, bytes, offset, Math.min(length, this.most), position, done);
    const error: NodeJS.ErrnoException = new Error("ENOSPC: no space left on device, write");
    error.code = "ENOSPC";
    setImmediate(() => done(error, 0));
  };

  fsync: FileCalls["fsync"] = (fd, done) => {
    this.syncs++;
    fsync(fd, done);
  };
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "mirrorlab-store-"));
}

const NEVER = Number.POSITIVE_INFINITY;

export const DECIDING: Deciding = {
  seed: "a seed",
  settings: {
    ...{ uplink: 1e6, timeout: 1e6, inFlight: "by-request" },
    ...{ probeEvery: NEVER, placeEvery: NEVER },
  },
  policies: withAllParams({
    dispatch: { name: "random", params: {} },
    replication: { name: "everything", params: {} },
    trust: { name: "sampled-audit", params: { share: 0.5 } },
    sync: null,
  }),
};

export const FILES = 5;

/** A host with a few files and volunteers, by its folder: what is restored is gone on with. */
export class SmallHost {
  readonly store: JournalStore;
  readonly restored: Restored | null;
  readonly coordinator: Coordinator;
  /** Plain data of the host, as it stands in snapshots. */
  names: string[] = [];
  readonly heard: (Named | Event)[] = [];
  /** Milliseconds since 1970, where a test sets them. */
  time = 1e12;

  constructor(folder: string, options: Partial<StoreOptions> = {}, deciding = DECIDING) {
    this.store = new JournalStore({
      ...{ folder, deciding, retention: 100, rotateBytes: 1e9, rotateEvery: 1e9, retryEvery: 5 },
      facts: () => ({ epoch: 17 }),
      save: () => ({ coordinator: this.coordinator.save(), host: { names: this.names } }),
      now: () => this.time,
      ...options,
    });
    const make = (by: Deciding) =>
      new Coordinator({
        ...{ settings: by.settings, policies: bindPolicies(by.policies) },
        chance: seededChance(by.seed),
        pathOf: (file) => `pool/${file}`,
        onEvent: (event) => this.store.write(event),
      });
    this.restored = restore(folder, {
      make,
      load: (host) => {
        this.names = [...(host as { names: string[] }).names];
      },
      heard: (record) => {
        this.heard.push(record);
        if (record.kind === "named") this.names[record.number] = record.name;
      },
      wanted: deciding,
    });
    this.coordinator = this.restored?.coordinator ?? make(deciding);
  }

  /** Starts the store; the first time of all with files that no journal tells of. */
  async start(): Promise<this> {
    if (this.restored === null) {
      for (let file = 0; file < FILES; file++) this.coordinator.addFile(file, 1000, -NEVER, 0);
    }
    await this.store.start(this.restored);
    return this;
  }

  /** Volunteers that hold everything. */
  join(...volunteers: number[]): void {
    const now = this.coordinator.now + 1;
    const totals = { uploaded: 0, downloaded: 0, left: 0 };
    const completed = Array.from({ length: FILES }, (_, file) => file);
    for (const volunteer of volunteers) {
      this.coordinator.register(volunteer, { uplink: 1e5 }, now);
      const report = { ...totals, completed, dropped: [], started: true };
      this.coordinator.announce(volunteer, report, now);
      this.store.name({
        kind: "named",
        what: "volunteer",
        number: volunteer,
        name: `v${volunteer}`,
      });
      this.names[volunteer] = `v${volunteer}`;
    }
    this.coordinator.actions.take(() => {});
  }

  /** Returns whom the customer is sent to. */
  ask(customer: number): number {
    const file = customer % FILES;
    const { volunteer } = this.coordinator.ask(
      customer,
      file,
      1000,
      0,
      this.coordinator.now + 0.01,
    );
    this.coordinator.actions.take(() => {});
    return volunteer;
  }

  /** Resolves when all that was told so far is written, or given up. */
  written(): Promise<void> {
    return new Promise((resolve) => this.store.written(resolve));
  }

  /** Has the store do what is due, and waits for it. */
  async tick(seconds = 0): Promise<void> {
    this.time += 1000 * seconds;
    this.store.tick();
    await this.store.settled();
  }
}
