/** Random stories that could happen: customers come back to whom they were sent, reports grow. */
import { policies, SERVER } from "../../../policies/index.ts";
import type { ChosenPolicies, ChosenPolicy } from "../../chosen-policies.ts";
import type { Event } from "../../events.ts";
import type { FileSet } from "../../file-set.ts";
import { IN_FLIGHT_RULES } from "../../in-flight/in-flight.ts";
import type { Chance } from "../../parts.ts";
import type { Receipt, Report } from "../../report.ts";
import { Host, type Setting } from "../testing.ts";

/** What happens next, to whom, and after how many seconds; numbers are taken modulo what there is. */
export interface Move {
  readonly what: (typeof WHATS)[number];
  readonly wait: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** As often as each stands here, it happens. */
export const WHATS = [
  ...(["ask", "ask", "ask", "ask", "ask", "ask", "announce", "announce", "announce"] as const),
  ...(["add", "add", "change", "remove", "register", "leave", "locate", "complain"] as const),
  ...(["begin", "end", "audit", "probe", "plan", "pace", "began", "tick", "tick"] as const),
  ...(["uplink", "policy", "doubt"] as const),
];

/** Settings by number, so that a walk through the numbers meets every policy of every family. */
export function settingOf(number: number, chance: () => Chance): Setting {
  const one = (members: readonly { readonly name: string }[], at: number) => ({
    name: members[at % members.length].name,
    params: {},
  });
  const chosen: ChosenPolicies = {
    dispatch: dispatchOf(number),
    replication: one(policies.replication, number),
    trust: number % 5 === 4 ? null : one(policies.trust, number),
    sync: number % 7 === 6 ? null : one(policies.sync, number),
  };
  return {
    settings: {
      uplink: 1e7,
      timeout: 4500,
      inFlight:
        number % 3 === 2 ? OTHER_RULES[Math.floor(number / 3) % OTHER_RULES.length] : BEST_RULE,
      probeEvery: number % 2 === 0 ? 600 : Number.POSITIVE_INFINITY,
      placeEvery: number % 4 === 3 ? Number.POSITIVE_INFINITY : 1800,
      ...(number % 3 !== 1 && { again: 120 }),
      probeBack: number % 5 === 2,
    },
    policies: chosen,
    chance,
  };
}

const [BEST_RULE, ...OTHER_RULES] = IN_FLIGHT_RULES;

function dispatchOf(number: number): ChosenPolicy {
  const name = DISPATCH[number % DISPATCH.length];
  return { name, params: name.startsWith("admission") ? FULL_SOON : {} };
}

const DISPATCH = [
  ...policies.dispatch.map(({ name }) => name),
  ...policies.wrapper.map(({ name }, at) => `${name}+${policies.dispatch[at + 1].name}`),
];

const FULL_SOON = { admissionTransfers: 1, admissionSending: 0, admissionWait: 10 };

/** Settings after which every policy has been met. */
export const SETTINGS = DISPATCH.length;

/** The events of the moves: a host plays them, since what can happen depends on its answers. */
export function storyOf(setting: Setting, moves: readonly Move[]): Event[] {
  const events: Event[] = [];
  const play = new Play(setting, events);
  for (const move of moves) play.make(move);
  return events;
}

interface Sent {
  readonly customer: number;
  readonly file: number;
  readonly bytes: number;
  readonly volunteer: number;
  readonly at: number;
}

class Play {
  readonly #host: Host;
  readonly #withSync: boolean;
  #now = 0;
  #files = 0;
  readonly #there: number[] = [];
  readonly #uploaded: number[] = [];
  #places = 0;
  /** Whom customers were sent to and have not told of. */
  readonly #sent: Sent[] = [];

  constructor(setting: Setting, events: Event[]) {
    this.#withSync = setting.policies.sync !== null;
    this.#host = new Host(setting, (event) => events.push(event));
    for (let i = 0; i < 3; i++) this.#add(i, i, true);
    for (let i = 0; i < 3; i++) this.#register(i, i, i);
  }

  make(move: Move): void {
    this.#now += move.wait;
    if (this.#there.length > 0 || move.what === "add") this.#moves[move.what](move);
  }

  readonly #moves: Readonly<Record<Move["what"], (move: Move) => void>> = {
    add: ({ a, b, c }) => this.#add(a, b, c % 2 === 0),
    change: ({ b, c }) =>
      this.#tell({ kind: "file-changed", at: this.#now, file: this.#file(b), size: c % 1e7 }),
    remove: ({ b }) => {
      const [file] = this.#there.splice(b % this.#there.length, 1);
      this.#tell({ kind: "file-removed", at: this.#now, file });
    },
    register: ({ a, b, c }) =>
      this.#register(a % 2 === 0 ? this.#uploaded.length : this.#volunteer(a), b, c),
    announce: ({ a, b, c }) => this.#announce(this.#volunteer(a), b, c),
    leave: ({ a }) => this.#tell({ kind: "left", at: this.#now, volunteer: this.#volunteer(a) }),
    locate: ({ a, b }) => this.#locate(a, b),
    ask: ({ a, b, c }) => this.#ask(a % 7, this.#file(b), c),
    complain: ({ a, b }) => this.#complain(a, b),
    begin: () => this.#tell({ kind: "delivery-began", at: this.#now }),
    end: () => this.#tell({ kind: "delivery-ended", at: this.#now }),
    audit: ({ a, b, c }) => {
      const [volunteer, file] = [this.#volunteer(a), this.#file(b)];
      this.#tell({ kind: "audited", at: this.#now, volunteer, file, result: oneOf(RESULTS, c) });
    },
    probe: ({ a, c }) => {
      const seconds = c % 3 === 0 ? null : c / 2e9;
      this.#tell({ kind: "probed", at: this.#now, volunteer: this.#volunteer(a), seconds });
    },
    plan: ({ a, b, c }) => {
      if (!this.#withSync) return;
      const [volunteer, look] = [this.#volunteer(a), lookOf(b, c, this.#now)];
      const notBefore = this.#now + (c % 100);
      this.#tell({ kind: "sync-asked", at: this.#now, volunteer, look, notBefore });
    },
    pace: ({ a, b, c }) => {
      if (!this.#withSync) return;
      const [volunteer, look] = [this.#volunteer(a), lookOf(b, c, this.#now)];
      this.#tell({ kind: "sync-paced", at: this.#now, volunteer, look });
    },
    began: ({ a }) =>
      this.#tell({ kind: "sync-began", at: this.#now, volunteer: this.#volunteer(a) }),
    tick: ({ a }) => {
      // Often just when it is due, as hosts do.
      const { nextDue } = this.#host.coordinator;
      if (a % 3 > 0 && Number.isFinite(nextDue)) this.#now = Math.max(this.#now, nextDue);
      this.#tell({ kind: "ticked", at: this.#now });
    },
    uplink: ({ b }) =>
      this.#tell({ kind: "uplink-changed", at: this.#now, uplink: 1e6 + (b % 1e7) }),
    doubt: ({ a, b }) => {
      const [volunteer, file] = [this.#volunteer(a), this.#file(b)];
      this.#tell({ kind: "doubted", at: this.#now, volunteer, file });
    },
    policy: ({ a }) =>
      this.#tell({ kind: "dispatch-changed", at: this.#now, policy: dispatchOf(a) }),
  };

  #volunteer(number: number): number {
    return number % this.#uploaded.length;
  }

  #file(number: number): number {
    return this.#there[number % this.#there.length];
  }

  #tell(event: Event): void {
    this.#host.tell(event);
  }

  #add(a: number, b: number, isOld: boolean): void {
    const file = this.#files++;
    const path = `pool/main/${"abc"[a % 3]}/p${b % 5}/f${file}`;
    const released = isOld ? Number.NEGATIVE_INFINITY : this.#now;
    this.#there.push(file);
    this.#tell({ kind: "file-added", at: this.#now, file, size: b % 1e7, released, path });
  }

  #register(volunteer: number, b: number, c: number): void {
    this.#uploaded[volunteer] ??= 0;
    const offer = {
      uplink: 1e5 + (b % 1e6),
      ...(b % 3 === 0 && { shared: 2e6 }),
      ...(b % 5 === 0 && { disk: 3e7 }),
      ...(c % 3 === 0 && { volatile: true, availability: 0.5 }),
      ...(c % 11 === 0 && { caches: true }),
      ...(c % 4 === 0 && { covers: this.#some(b, c) }),
      ...(c % 5 === 0 && { reach: { ipv4: true, https: b % 2 === 0, ipv6: b % 3 === 0 } }),
      ...(c % 2 === 0 && { facts: { site: oneOf(SITES, b), network: oneOf(NETWORKS, c) } }),
    };
    this.#tell({ kind: "registered", at: this.#now, volunteer, offer });
  }

  #some(b: number, c: number): FileSet {
    if (b % 2 === 0) return { below: c % (this.#files + 2), except: [b % (this.#files + 1)] };
    return { bitmap: Uint32Array.of(b, c) };
  }

  #locate(a: number, b: number): void {
    const where = 1 + (a % 2 === 0 ? this.#places++ : a % Math.max(1, this.#places));
    this.#places = Math.max(this.#places, where);
    const facts = {
      ...{ site: oneOf(SITES, b), networks: [oneOf(NETWORKS, a)], asNumber: a % 3 },
      ...{ country: "DE", region: "", continent: "EU" },
      ...(b % 5 === 0 && { needs: { ipv4: true, https: a % 2 === 0 } }),
      position: b % 2 === 0 ? null : { latitude: a % 90, longitude: b % 180 },
    };
    this.#tell({ kind: "located", at: this.#now, where, facts });
  }

  #ask(customer: number, file: number, c: number): void {
    const where = c % (this.#places + 1);
    const ask = { customer, file, bytes: c % 1e7, where };
    const volunteer = this.#host.tell({ kind: "asked", at: this.#now, ...ask, answer: SERVER });
    if (volunteer >= 0) this.#sent.push({ ...ask, volunteer, at: this.#now });
  }

  #complain(a: number, b: number): void {
    const [sent] = this.#sent.splice(a % Math.max(1, this.#sent.length), 1);
    if (sent === undefined) return;
    const { customer, file, volunteer, bytes } = sent;
    const how = oneOf(["gone", "missing", "wrong", "cut-short"] as const, b);
    this.#tell({ kind: "complained", at: this.#now, customer, file, volunteer, how, bytes });
  }

  #announce(volunteer: number, b: number, c: number): void {
    const receipts = c % 2 === 0 ? this.#receipts(volunteer, b) : [];
    const more = receipts.reduce((sum, { bytes }) => sum + bytes, c % 3 === 0 ? b % 1e6 : 0);
    const started = b % 9 === 0;
    this.#uploaded[volunteer] = started ? 0 : this.#uploaded[volunteer] + more;
    const report: Report = {
      uploaded: this.#uploaded[volunteer],
      downloaded: b % 1e8,
      left: c % 1e6,
      completed: c % 3 === 0 ? [] : this.#there.filter((file) => (file + b) % 3 > 0),
      dropped: c % 13 === 0 ? [b % this.#files] : [],
      started,
      ...((started || c % 7 === 0) && { holds: this.#some(c, b) }),
      ...(b % 4 === 0 && { active: c % 5 }),
      ...(c % 2 === 0 && { receipts }),
    };
    this.#tell({ kind: "announced", at: this.#now, volunteer, report });
  }

  /** Of half of what the volunteer was sent, and now and then of somebody else's. */
  #receipts(volunteer: number, b: number): Receipt[] {
    const receipts: Receipt[] =
      b % 5 === 0 ? [{ customer: 99, file: 0, bytes: 5e5, endedAt: this.#now }] : [];
    for (let at = this.#sent.length - 1; at >= 0; at--) {
      const sent = this.#sent[at];
      if (sent.volunteer !== volunteer || (at + b) % 2 === 0) continue;
      this.#sent.splice(at, 1);
      const { customer, file, bytes } = sent;
      receipts.push({ customer, file, bytes, endedAt: (sent.at + this.#now) / 2 });
    }
    return receipts;
  }
}

const RESULTS = ["passed", "failed", "unanswered"] as const;
const SITES = ["", "north", "south"];
const NETWORKS = ["", "10.1.0.0/16", "10.2.0.0/16"];

function oneOf<Item>(items: readonly Item[], number: number): Item {
  return items[number % items.length];
}

function lookOf(b: number, c: number, at: number) {
  return {
    pendingFiles: b % 9,
    pendingBytes: b % 1e9,
    releasedAt: c % 3 === 0 ? Number.NEGATIVE_INFINITY : at - (c % 1e5),
    capacity: c % 5 === 0 ? Number.POSITIVE_INFINITY : 1e6,
    delivering: b % 1e6,
  };
}
