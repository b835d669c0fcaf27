import type { IncomingMessage, ServerResponse } from "node:http";
import type { ActionKind, Report } from "../../coordinator/index.ts";
import type { Random } from "../../policies/index.ts";
import type { Handler } from "../parts.ts";
import { Auditor } from "./audit/auditor.ts";
import { Prober } from "./audit/prober.ts";
import { Samples } from "./audit/samples.ts";
import { addressOf, basesOf } from "./bases.ts";
import { Commands, type Settling } from "./commands/commands.ts";
import { Counts } from "./counts.ts";
import { checked } from "./protocol/checked.ts";
import { type Authentic, Gate } from "./protocol/gate.ts";
import { OPENAPI_YAML } from "./protocol/openapi.ts";
import { ANNOUNCE, type Announce, type Answer, REGISTRATION } from "./protocol/schemas.ts";
import { Refusal, replyJson, replyRefusal } from "./replies.ts";
import { lookOf, offerOf, reportOf } from "./reports.ts";
import {
  AUDIT_LIMITS,
  type ChangingCatalogue,
  DESK_LIMITS,
  type DeskConfig,
  type DeskLimits,
  type KnownVolunteer,
  type VolunteerHost,
} from "./volunteer-host.ts";

export interface DeskParts {
  readonly host: VolunteerHost;
  readonly catalogue: ChangingCatalogue;
  readonly config: DeskConfig;
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  /** For ranges that nobody can foresee: in [0, 1). */
  readonly random: Random;
  /** Hears of requests that are refused, and why in few words. */
  readonly onRefused?: (cause: string) => void;
}

/**
 * Where volunteers register and announce themselves, and what the server does with them: tells them what
 * to fetch, audits their copies, probes them.
 */
export class VolunteerDesk {
  readonly counts = new Counts();
  readonly #onRefused: (cause: string) => void;
  readonly #host: VolunteerHost;
  readonly #catalogue: ChangingCatalogue;
  readonly #config: DeskConfig;
  readonly #limits: DeskLimits;
  readonly #wall: () => number;
  readonly #known: ReadonlyMap<string, KnownVolunteer>;
  readonly #gate: Gate;
  readonly #commands: Commands;
  readonly #samples: Samples;
  readonly #auditor: Auditor;
  readonly #prober: Prober;
  /** Volunteers that synchronise, as they have said last. */
  readonly #running = new Set<number>();

  constructor({ host, catalogue, config, wall, random, onRefused }: DeskParts) {
    this.#onRefused = onRefused ?? (() => {});
    this.#host = host;
    this.#catalogue = catalogue;
    this.#config = config;
    this.#wall = wall;
    this.#limits = { ...DESK_LIMITS, ...config.limits };
    this.#known = new Map(config.volunteers.map((known) => [known.name, known]));
    this.#gate = new Gate(host, config.volunteers, this.#limits, wall);
    this.#commands = new Commands(catalogue, config.base, (volunteer) => host.bases(volunteer));
    this.#samples = new Samples(catalogue);
    const limits = { ...AUDIT_LIMITS, ...config.audits };
    this.#auditor = new Auditor(this.#audits(), catalogue, limits, random);
    this.#prober = new Prober(this.#probes(), limits.firstByte, random);
  }

  /** Answers what volunteers ask, below `/-/`. */
  readonly handler: Handler = async (request, response, url) => {
    const { pathname } = url;
    if (pathname === "/-/openapi.yaml") return sendDocument(request, response);
    if (pathname !== "/-/volunteers" && pathname !== "/-/announce") return false;
    try {
      const authentic = await this.#gate.admit(request, url);
      const answer =
        pathname === "/-/announce" ? this.#announce(authentic) : this.#register(authentic);
      // What has been answered is in the journal.
      this.#host.written(() => replyJson(response, 200, answer));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.counts.refuse(error.status);
      this.#onRefused(CAUSES[error.status] ?? "other");
      replyRefusal(response, error, this.#gate.timeFor(request));
    }
    return true;
  };

  /** Does what the coordinator says, or tells the volunteer to. */
  take(kind: ActionKind, volunteer: number, subject: number): void {
    if (kind === "audit") this.#auditor.audit(volunteer, subject);
    else if (kind === "probe") this.#prober.probe(volunteer);
    else if (kind === "place") this.#commands.place(volunteer, subject);
    else if (kind === "drop") this.#commands.drop(volunteer, subject);
    else this.#commands.synchronise(volunteer, subject);
  }

  /**
   * What a volunteer has announced settles what it was told. For announces that come out of a journal;
   * others are settled when they come in.
   */
  settle(volunteer: number, report: Settling): void {
    this.#commands.settle(volunteer, report);
    this.#samples.heed(volunteer, report);
  }

  /** What volunteers are still to be told, as plain data and typed arrays, for a snapshot. */
  save() {
    return { commands: this.#commands.save(), running: [...this.#running] };
  }

  load({ commands, running }: ReturnType<VolunteerDesk["save"]>): void {
    this.#commands.load(commands);
    for (const volunteer of running) this.#running.add(volunteer);
  }

  /** Ends audits and probes that are under way; of them nothing is told. */
  close(): void {
    this.#auditor.close();
    this.#prober.close();
  }

  #register({ name, address, body }: Authentic): unknown {
    const known = this.#knownAs(name);
    const result = checked(body, REGISTRATION);
    if ("errors" in result) throw new Refusal(400, result.errors);
    const registration = result.value;
    const where = basesOf(registration.urls, known.urls, this.#config.base, address);
    if ("errors" in where) throw new Refusal(400, where.errors);
    const offer = offerOf(registration, known, where.bases, this.#catalogue);
    this.#host.register(name, offer, where.bases);
    this.counts.registrations++;
    return { interval: this.#config.interval, ...this.#now() };
  }

  #announce({ name, body }: Authentic): Answer {
    const result = checked(body, ANNOUNCE);
    if ("errors" in result) throw new Refusal(400, result.errors);
    const announce = result.value;
    const volunteer = this.#host.numberOf(name);
    if (volunteer < 0) throw new Refusal(409, [`${name} has not registered: /-/volunteers`]);
    const heard = reportOf(announce, this.#host, this.#catalogue, this.#host.now());
    if (Array.isArray(heard)) throw new Refusal(400, heard);
    this.counts.announces++;
    this.counts.unknownPaths += heard.unknown;
    return this.#heed(volunteer, announce, heard.report, heard.unknown);
  }

  #heed(volunteer: number, announce: Announce, report: Report, unknown: number): Answer {
    this.settle(volunteer, report);
    this.#commands.began(volunteer, announce.began ?? []);
    this.#host.announce(volunteer, report);
    const atMost = this.#synchronise(volunteer, announce);
    if (announce.leaving === true) this.#host.leave(volunteer);
    return {
      ...{ interval: this.#config.interval, ...this.#now(), unknown },
      ...(Number.isFinite(atMost) && { atMost }),
      commands:
        announce.leaving === true ? [] : this.#commands.next(volunteer, this.#limits.commands),
    };
  }

  /** Tells the host what is said of a synchronisation. Returns how fast it may be. */
  #synchronise(volunteer: number, { synchronisation, leaving }: Announce): number {
    const isRunning = synchronisation?.state === "running" && leaving !== true;
    const wasRunning = this.#running.has(volunteer);
    if (isRunning) this.#running.add(volunteer);
    else this.#running.delete(volunteer);
    const isPlanned = this.#host.plansSync && leaving !== true;
    if (synchronisation === undefined || !isPlanned) return Number.POSITIVE_INFINITY;
    const now = this.#host.now();
    const look = lookOf(synchronisation, now, this.#wall());
    if (!isRunning) {
      if (!this.#commands.isToSynchronise(volunteer)) this.#host.planSync(volunteer, look, now);
      return Number.POSITIVE_INFINITY;
    }
    this.#commands.synchronises(volunteer);
    if (!wasRunning) this.#host.beganSync(volunteer);
    return this.#host.paceSync(volunteer, look);
  }

  #now() {
    return { time: Math.floor(this.#wall()), manifest: this.#catalogue.version };
  }

  #knownAs(name: string): KnownVolunteer {
    const known = this.#known.get(name);
    if (known === undefined) throw new Refusal(401, [`unknown volunteer: ${name}`]);
    return known;
  }

  #audits() {
    return {
      bases: (volunteer: number) => this.#host.bases(volunteer),
      audited: (...told: Parameters<VolunteerHost["audited"]>) => {
        this.counts.audits[told[2]]++;
        this.#host.audited(...told);
      },
    };
  }

  #probes() {
    return {
      probeAddress: (volunteer: number, random: Random) => {
        const bases = this.#host.bases(volunteer);
        if (bases.length === 0) return "";
        const base = bases[Math.floor(random() * bases.length)];
        const file = this.#samples.of(volunteer);
        return file < 0 ? base : addressOf(base, this.#catalogue.path(file));
      },
      probed: (volunteer: number, seconds: number | null) => {
        this.counts.probes[seconds === null ? "unanswered" : "answered"]++;
        this.#host.probed(volunteer, seconds);
      },
    };
  }
}

/** What a refusal of each status is for. */
const CAUSES: Readonly<Record<number, string>> = {
  400: "malformed",
  401: "not authentic",
  405: "not a POST",
  409: "not registered",
  413: "too large",
  429: "too many",
};

function sendDocument({ method }: IncomingMessage, response: ServerResponse): boolean {
  if (method !== "GET" && method !== "HEAD") {
    replyJson(response, 405, { errors: ["expected GET or HEAD"] }, { Allow: "GET, HEAD" });
    return true;
  }
  response.writeHead(200, {
    "Content-Type": "application/yaml",
    "Content-Length": String(Buffer.byteLength(OPENAPI_YAML)),
  });
  response.end(method === "HEAD" ? undefined : OPENAPI_YAML);
  return true;
}
