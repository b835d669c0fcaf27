import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { version } from "../experiment/manifest.ts";
import { anew } from "./catalogue/anew.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { metadataMatcher } from "./config/metadata.ts";
import type { ServerConfig } from "./config/server-config.ts";
import { boundChunkSizes, boundHandout } from "./deciding.ts";
import { Addresses, isWithin, prefixOf } from "./host/addresses.ts";
import { KeyedHash } from "./host/keyed-hash.ts";
import { type HostParts, LiveHost } from "./host/live-host.ts";
import { type Recovered, recover } from "./host/recover.ts";
import { StatusView, type StatusViewParts } from "./host/status-view.ts";
import { VolunteerNames } from "./host/volunteer-names.ts";
import { Warnings } from "./host/warnings.ts";
import { WhereaboutsTable } from "./host/whereabouts.ts";
import { customerHandler } from "./http/customer-handler.ts";
import { Listener } from "./listener.ts";
import type { CatalogueChange } from "./parts.ts";
import { PIECE_LIMITS, type PieceParts } from "./pieces/piece-parts.ts";
import { Pieces } from "./pieces/pieces.ts";
import { ReadingThread } from "./pieces/reading-thread.ts";
import { rescanHandler } from "./rescan-handler.ts";
import { router } from "./router.ts";
import type { Serving } from "./serve.ts";
import type { StateFolder } from "./state-folder.ts";
import { Status } from "./status/status.ts";
import { Tally } from "./status/tally.ts";
import { Tracker } from "./tracker/tracker.ts";
import { TRACKER_LIMITS } from "./tracker/tracker-parts.ts";
import { type DeskParts, VolunteerDesk } from "./volunteers/desk.ts";

/** Seconds between two looks at who holds what, for the status page. */
const COUNT_EVERY = 0.5;

/** Changes of the catalogue that the coordinator is told in one go. */
const TOGETHER = 5000;

/** Seconds between two announces of a peer in a swarm, as trackers have it. */
const SWARM_INTERVAL = 1800;

/** Seconds after which files that are being written are looked at again. */
const SETTLED = 6;

/** The rooms of a server, wired. */
export class LiveServer implements Serving {
  readonly closed: Promise<void>;
  readonly #config: ServerConfig;
  readonly #say: (line: string) => void;
  readonly #state: StateFolder;
  readonly #catalogue: Catalogue;
  readonly #warnings: Warnings;
  readonly #names = new VolunteerNames();
  readonly #host: LiveHost;
  readonly #desk: VolunteerDesk;
  readonly #known: Recovered;
  readonly #tally: Tally;
  readonly #addresses: Addresses;
  readonly #sites: WhereaboutsTable;
  readonly #listener: Listener;
  readonly #view: StatusView;
  readonly #status: Status;
  readonly #pieces: Pieces;
  readonly #timers: NodeJS.Timeout[] = [];
  /** What the last look at the files took, and host time of its end. */
  #scanned: { readonly seconds: number; readonly at: number } | null = null;
  #summed = { version: -1, bytes: 0 };
  #ended: () => void = () => {};
  #closing: Promise<void> | null = null;

  constructor(
    config: ServerConfig,
    say: (line: string) => void,
    state: StateFolder,
    catalogue: Catalogue,
  ) {
    this.#config = config;
    this.#say = say;
    this.#state = state;
    this.#catalogue = catalogue;
    this.#warnings = new Warnings(say);
    this.#addresses = new Addresses(config.listen.proxies.map(prefixOf));
    this.#sites = this.#whereabouts();
    this.#host = new LiveHost(this.#hostParts());
    this.#desk = new VolunteerDesk(this.#deskParts());
    this.#known = recover({
      ...{ config, folder: state.journal, names: this.#names, desk: this.#desk },
      pathOf: (file) => catalogue.path(file),
    });
    this.#sites.restore(this.#known.coordinator.whereabouts);
    this.#tally = new Tally(this.#host.now());
    this.#pieces = new Pieces(this.#pieceParts());
    this.#view = new StatusView(this.#viewParts());
    this.#status = new Status({
      ...{ host: this.#view, tally: this.#tally, catalogue },
      isAllowed: this.#isAllowed(),
    });
    this.#listener = new Listener(config, this.#handler());
    this.closed = new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  get address(): string {
    return this.#listener.address;
  }

  /** @throws InputError where the port cannot be listened to. */
  async start(): Promise<void> {
    const { restored, store } = this.#known;
    for (const note of restored?.notes ?? []) this.#warn(note);
    // The first journal begins with a snapshot of all files, so that it need not tell of millions.
    if (restored === null) await this.#catchUp();
    await store.start(restored);
    if (restored !== null) await this.#catchUp();
    this.#host.resume();
    await this.#listener.listen();
    this.#host.start((kind, volunteer, subject) => this.#desk.take(kind, volunteer, subject));
    this.#status.start();
    this.#every(COUNT_EVERY, () => this.#view.step());
    this.#every(this.#config.repository.scan, () => this.#scan());
    this.#scan();
  }

  #every(seconds: number, act: () => unknown): void {
    this.#timers.push(setInterval(act, 1000 * seconds).unref());
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#status.stop();
    this.#desk.close();
    await this.#listener.close();
    this.#host.stop();
    await Promise.all([this.#pieces.close(), this.#catalogue.close()]);
    await this.#known.store.close();
    this.#state.release();
    this.#ended();
  }

  // The files.

  /** Tells the coordinator what has become of the files since it was told last. */
  async #catchUp(): Promise<void> {
    const { version, count } = this.#known.told.catalogue;
    const changes = this.#catalogue.changesSince(version, count);
    let batch: CatalogueChange[] = [];
    for (const change of changes ?? this.#allAnew()) {
      batch.push(change);
      if (batch.length < TOGETHER) continue;
      this.changed(batch);
      batch = [];
      await new Promise(setImmediate);
    }
    this.changed(batch);
  }

  /** Where the index is another than the journal's, numbers mean other files: nothing can be kept. */
  #allAnew(): Iterable<CatalogueChange> {
    this.#warn("the index of the files is not the one of the journal: all copies count as changed");
    return anew(this.#catalogue, this.#known.told.catalogue.count);
  }

  /** The catalogue has changed. */
  changed(changes: readonly CatalogueChange[]): void {
    const { version, count } = this.#catalogue;
    this.#host.changed(changes);
    this.#known.told.catalogue = { version, count };
  }

  #scan(): void {
    this.#rescan().catch((error: Error) => {
      if (this.#closing === null) this.#warn(`the files could not be looked at: ${error.message}`);
    });
  }

  async #rescan() {
    const summary = await this.#catalogue.scan();
    this.#scanned = { seconds: summary.seconds, at: this.#host.now() };
    for (const { reason, path } of summary.examples) this.#warn(`left out (${reason}): ${path}`);
    const { added, changed, removed, waiting } = summary;
    if (waiting > 0) this.#timers.push(setTimeout(() => this.#scan(), 1000 * SETTLED).unref());
    if (added + changed + removed > 0) {
      this.#say(`files: ${added} added, ${changed} changed, ${removed} removed`);
    }
    return summary;
  }

  #warn(text: string): void {
    this.#warnings.add(text, this.#host.now());
  }

  readonly #failed = (error: unknown): void => {
    this.#warn(`something failed: ${error instanceof Error ? error.message : String(error)}`);
  };

  /** The file on the disk is not the one of the catalogue. */
  readonly #differs = (): void => this.#scan();

  /** Of all files together; summed up once for each version. */
  #bytes(): number {
    const { version, count } = this.#catalogue;
    if (this.#summed.version !== version) {
      let bytes = 0;
      for (let file = 0; file < count; file++) {
        if (this.#catalogue.has(file)) bytes += this.#catalogue.size(file);
      }
      this.#summed = { version, bytes };
    }
    return this.#summed.bytes;
  }

  // What each room is given.

  #whereabouts(): WhereaboutsTable {
    const sites = this.#config.sites.classes.map(({ name, networks, where }) => ({
      ...{ name, where },
      networks: networks.map((text) => ({ text, prefix: prefixOf(text) })),
    }));
    return new WhereaboutsTable(sites, (number, facts) =>
      this.#known.coordinator.locate(number, facts, this.#host.now()),
    );
  }

  /** The coordinator and its clock come out of the journal, which is read with what is made here. */
  #hostParts(): HostParts {
    const known = () => this.#known;
    const tally = () => this.#tally;
    return {
      get coordinator() {
        return known().coordinator;
      },
      get clock() {
        return known().clock;
      },
      get listener() {
        return tally();
      },
      records: {
        write: (record) => known().store.name(record),
        written: (then) => known().store.written(then),
      },
      catalogue: this.#catalogue,
      addresses: this.#addresses,
      whereabouts: this.#sites,
      hash: new KeyedHash(this.#state.key),
      names: this.#names,
      plansSync: this.#config.policies.sync !== null,
    };
  }

  #deskParts(): DeskParts {
    const { volunteers, tracker, limits } = this.#config;
    const rate = limits.announces / 60;
    return {
      host: this.#host,
      catalogue: this.#catalogue,
      config: {
        volunteers: volunteers.map(({ name, token, site, weight, urls, uplink }) => ({
          ...{ name, token, uplink },
          facts: { weight, ...(site !== null && { site }) },
          ...(urls !== null && { urls }),
        })),
        base: this.#config.url,
        interval: tracker.interval,
        limits: { perVolunteer: [rate, Math.max(10, 10 * rate)] },
      },
      wall: () => Date.now(),
      random: randomShare,
    };
  }

  #pieceParts(): PieceParts {
    const sizes = boundChunkSizes(this.#config);
    return {
      catalogue: this.#catalogue,
      folder: this.#state.pieces,
      ...{ pieceSizes: sizes, blockSizes: sizes },
      reader: new ReadingThread(),
      self: this.#config.url,
      mirrorsOf: (files) => this.#host.mirrorsOf(files),
      differs: this.#differs,
      failed: this.#failed,
      now: () => this.#host.now(),
      limits: PIECE_LIMITS,
    };
  }

  #tracker(): Tracker {
    const { limits, tracker } = this.#config;
    return new Tracker({
      filesOf: (infoHash) => this.#pieces.torrents.filesOf(infoHash),
      handout: boundHandout(this.#config),
      random: randomShare,
      now: () => this.#host.now(),
      addressOf: (request) => this.#addresses.of(request).address,
      siteOf: (address) => this.#sites.siteOf(address),
      isOrigin: () => false, // The server seeds by HTTP alone.
      onCorrupt: ({ files }) => this.#host.doubtHolders(files),
      ...{ interval: SWARM_INTERVAL, minInterval: Math.min(SWARM_INTERVAL, tracker.interval) },
      limits: { ...TRACKER_LIMITS, torrents: limits.torrents },
    });
  }

  #viewParts(): StatusViewParts {
    const { title, policies, repository, tracker } = this.#config;
    const chosen = [policies.dispatch, policies.replication, policies.trust, policies.sync];
    return {
      host: this.#host,
      ...{ coordinator: this.#known.coordinator, store: this.#known.store },
      ...{ catalogue: this.#catalogue, names: this.#names, warnings: this.#warnings },
      ...{ name: title, version: version(), timeout: tracker.timeout },
      policies: chosen.flatMap((choice) => (choice === null ? [] : [choice.name])),
      folder: this.#state.journal,
      catalogueStatus: () => ({
        root: repository.folder,
        files: this.#catalogue.there,
        bytes: this.#bytes(),
        version: this.#catalogue.version,
        scanSeconds: this.#scanned?.seconds ?? null,
        scanAge: this.#scanned === null ? null : this.#host.now() - this.#scanned.at,
        scanned: null,
      }),
    };
  }

  #isAllowed(): (request: IncomingMessage) => boolean {
    const allowed = this.#config.status.allow.map(prefixOf);
    return (request) => isWithin(this.#addresses.of(request).address, allowed);
  }

  #handler() {
    const { url, deliver, title } = this.#config;
    const isMetadata = metadataMatcher(deliver.metadata);
    const customers = customerHandler({
      ...{ catalogue: this.#catalogue, decider: this.#host },
      options: { isMetadata, small: deliver.small, title },
      torrentOf: (file) => this.#pieces.torrents.torrentOf(file),
      piecesOf: (file) => this.#pieces.torrents.piecesOf(file),
      self: () => url,
      differs: this.#differs,
      failed: this.#failed,
    });
    const own = [
      this.#desk.handler,
      this.#pieces.signaturesHandler,
      this.#tracker().handler,
      this.#status.handler,
      rescanHandler(this.#state.admin, () => this.#rescan()),
    ];
    return router({ own, customers, failed: this.#failed });
  }
}

/** Uniform on [0, 1), and nobody can foresee it. */
function randomShare(): number {
  return randomBytes(4).readUInt32BE() / 2 ** 32;
}
