import { randomBytes } from "node:crypto";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import { version } from "../experiment/manifest.ts";
import type { VolunteerFacts } from "../policies/index.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { manifestHandler } from "./catalogue/manifest-handler.ts";
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
import { Repository, type RepositoryParts } from "./repository.ts";
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

/** What people call the answers that they see most. */
const ANSWERS: Readonly<Record<number, string>> = {
  200: "whole",
  206: "part of a file",
  302: "redirect",
  304: "not modified",
};

/** Seconds between two announces of a peer in a swarm, as trackers have it. */
const SWARM_INTERVAL = 1800;

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
  readonly #repository: Repository;
  readonly #timers: NodeJS.Timeout[] = [];
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
    this.#sites.restore(this.#known.coordinator.survey.whereabouts);
    this.#tally = new Tally(this.#host.now());
    this.#pieces = new Pieces(this.#pieceParts());
    this.#repository = new Repository(this.#repositoryParts());
    this.#view = new StatusView(this.#viewParts());
    this.#status = new Status({
      ...{ host: this.#view, tally: this.#tally, catalogue },
      isAllowed: this.#isAllowed(),
    });
    this.#listener = new Listener(config, this.#handler(), (status) =>
      this.#tally.answered(ANSWERS[status] ?? STATUS_CODES[status] ?? "other", status),
    );
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
    if (restored === null) await this.#repository.catchUp();
    await store.start(restored);
    if (restored !== null) await this.#repository.catchUp();
    this.#host.resume();
    await this.#listener.listen();
    this.#host.start((kind, volunteer, subject) => this.#desk.take(kind, volunteer, subject));
    this.#status.start();
    this.#every(COUNT_EVERY, () => this.#view.step());
    this.#repository.look();
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
    this.#repository.close();
    this.#status.stop();
    this.#desk.close();
    await this.#listener.close();
    this.#host.stop();
    await Promise.all([this.#pieces.close(), this.#catalogue.close()]);
    await this.#known.store.close();
    this.#state.release();
    this.#ended();
  }

  /** The catalogue has changed. */
  changed(changes: readonly CatalogueChange[]): void {
    this.#repository.changed(changes);
  }

  #warn(text: string): void {
    this.#warnings.add(text, this.#host.now());
  }

  readonly #failed = (error: unknown): void => {
    this.#warn(`something failed: ${error instanceof Error ? error.message : String(error)}`);
  };

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
          facts: { weight, ...this.#factsOf(site) },
          ...(urls !== null && { urls }),
        })),
        base: this.#config.url,
        interval: tracker.interval,
        limits: { perVolunteer: [rate, Math.max(10, 10 * rate)] },
      },
      wall: () => Date.now(),
      random: randomShare,
      onRefused: (cause) => this.#tally.refused(cause),
    };
  }

  /** What is known of a volunteer by the site that the operator has put it in. */
  #factsOf(site: string | null): Partial<VolunteerFacts> {
    const { where } = this.#config.sites.classes.find(({ name }) => name === site) ?? {};
    if (site === null || where === undefined) return {};
    const { asNumber, country, region, continent, position } = where;
    return {
      ...{ site, region, position },
      asNumbers: asNumber === 0 ? [] : [asNumber],
      countries: country === "" ? [] : [country],
      continents: continent === "" ? [] : [continent],
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
      differs: () => this.#repository.look(),
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

  #repositoryParts(): RepositoryParts {
    const { folder, scan } = this.#config.repository;
    return {
      ...{ folder, every: scan, catalogue: this.#catalogue, host: this.#host },
      ...{ told: this.#known.told, say: this.#say },
      warn: (text) => {
        if (this.#closing === null) this.#warn(text);
      },
    };
  }

  #viewParts(): StatusViewParts {
    const { title, policies, tracker } = this.#config;
    const chosen = [policies.dispatch, policies.replication, policies.trust, policies.sync];
    return {
      host: this.#host,
      ...{ coordinator: this.#known.coordinator, store: this.#known.store },
      ...{ catalogue: this.#catalogue, names: this.#names, warnings: this.#warnings },
      ...{ name: title, version: version(), timeout: tracker.timeout },
      policies: chosen.flatMap((choice) => (choice === null ? [] : [choice.name])),
      folder: this.#state.journal,
      catalogueStatus: () => this.#repository.status,
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
      differs: () => this.#repository.look(),
      failed: this.#failed,
    });
    const own = [
      this.#desk.handler,
      manifestHandler(this.#catalogue),
      this.#pieces.signaturesHandler,
      this.#tracker().handler,
      this.#status.handler,
      rescanHandler(this.#state.admin, () => this.#repository.rescan()),
    ];
    return router({ own, customers, failed: this.#failed });
  }
}

/** Uniform on [0, 1), and nobody can foresee it. */
function randomShare(): number {
  return randomBytes(4).readUInt32BE() / 2 ** 32;
}
