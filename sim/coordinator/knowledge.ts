import { Actions } from "./actions.ts";
import { Beliefs } from "./beliefs.ts";
import { Catalogue } from "./catalogue.ts";
import { Clients } from "./clients.ts";
import { Customers } from "./customers.ts";
import { RecentDemand } from "./demand.ts";
import { InFlightByNextRequest } from "./in-flight/by-next-request.ts";
import { InFlightByNothing } from "./in-flight/by-nothing.ts";
import { InFlightByRedirect } from "./in-flight/by-redirect.ts";
import { InFlightByReport } from "./in-flight/by-report.ts";
import { InFlightByRequest } from "./in-flight/by-request.ts";
import type { InFlight, InFlightRule } from "./in-flight/in-flight.ts";
import { PartOfUplinks } from "./in-flight/part-of-uplinks.ts";
import type { CoordinatorParts } from "./parts.ts";
import type { Report } from "./report.ts";
import { Standing } from "./standing.ts";
import { type Offer, type Question, Volunteer } from "./volunteer.ts";

/** All that the server knows, and what is to be done about it. */
export class Knowledge {
  readonly actions = new Actions();
  readonly catalogue = new Catalogue();
  readonly beliefs = new Beliefs();
  readonly volunteers: Volunteer[] = [];
  readonly customers: Customers;
  readonly inFlight: InFlight;
  readonly clients = new Clients();
  readonly demand = new RecentDemand();
  readonly standing: Standing;
  readonly #probeBack: boolean;
  readonly server: { uplink: number; sending: number };
  /** What the figures of candidates are about. */
  readonly question: Question = { now: 0, size: 0 };

  constructor({ settings, policies, chance, inFlight }: CoordinatorParts) {
    this.customers = new Customers((customer, now) => this.inFlight.forget(customer, now));
    this.inFlight = inFlight ?? inFlightBy(settings, this.customers);
    this.standing = new Standing(policies.trust, this.actions, chance.stream("trust"));
    this.#probeBack = settings.probeBack ?? false;
    this.server = { uplink: settings.uplink, sending: 0 };
  }

  /** Bytes that the tables of files take; an estimate that leaves out what grows with customers. */
  get bytes(): number {
    return this.beliefs.bytes + this.catalogue.bytes + this.demand.bytes;
  }

  /** A volunteer offers its help, under the next number, or changes what it offers. */
  register(volunteer: number, offer: Offer, now: number): Volunteer {
    const { length } = this.volunteers;
    if (volunteer > length) {
      throw new RangeError(`expected volunteer in [0, ${length}]; got ${volunteer}`);
    }
    if (volunteer === length) {
      const demandOf = (site: string) => this.clients.demandOf(site);
      this.volunteers.push(new Volunteer(volunteer, this.inFlight, this.question, demandOf));
    }
    const known = this.volunteers[volunteer];
    known.register(offer, now);
    this.beliefs.caches(volunteer, known.caches);
    this.standing.register(volunteer);
    return known;
  }

  /** Something showed that the volunteer works, or does not. */
  show(volunteer: number, kind: "audit" | "report", passed: boolean, now: number): void {
    this.volunteers[volunteer].show(passed, now);
    this.standing.tell(volunteer, kind, passed, now);
  }

  /** The volunteer has announced itself. */
  report(volunteer: number, report: Report, now: number): void {
    const known = this.volunteers[volunteer];
    const isSilent = known.suspected && this.#probeBack;
    known.report(report, now);
    // Whoever announces a web server may be well while that hangs.
    known.suspected = isSilent;
    if (isSilent) this.actions.add("probe", volunteer, 0);
  }

  /** The volunteer has answered a probe after so many seconds, or not: null. */
  probed(volunteer: number, seconds: number | null, now: number): void {
    const known = this.volunteers[volunteer];
    known.probe(seconds, now);
    if (seconds !== null && this.#probeBack) known.suspected = false;
  }

  /** The volunteer has not answered an audit: that it is not there says nothing of its copies. */
  missed(volunteer: number, now: number): void {
    const known = this.volunteers[volunteer];
    known.show(false, now);
    known.suspected = true;
    this.standing.ended(volunteer);
  }

  save() {
    return {
      catalogue: this.catalogue.save(),
      beliefs: this.beliefs.save(),
      volunteers: this.volunteers.map((volunteer) => volunteer.save()),
      customers: this.customers.save(),
      inFlight: this.inFlight.save(),
      clients: this.clients.save(),
      demand: this.demand.save(),
      standing: this.standing.save(),
      ...{ sending: this.server.sending, uplink: this.server.uplink },
    };
  }

  /** Takes over what was saved; the volunteers are registered already. */
  load(saved: ReturnType<Knowledge["save"]>): void {
    this.catalogue.load(saved.catalogue);
    for (const [number, volunteer] of saved.volunteers.entries()) {
      this.volunteers[number].load(volunteer);
    }
    this.beliefs.load(saved.beliefs);
    this.customers.load(saved.customers);
    this.inFlight.load(saved.inFlight);
    this.clients.load(saved.clients);
    this.demand.load(saved.demand);
    this.standing.load(saved.standing);
    this.server.sending = saved.sending;
    this.server.uplink = saved.uplink;
  }
}

function inFlightBy(
  { inFlight, redirectors = 1 }: CoordinatorParts["settings"],
  customers: Customers,
): InFlight {
  const alone = ruleOf(inFlight, customers);
  return redirectors === 1 ? alone : new PartOfUplinks(alone, redirectors);
}

function ruleOf(rule: InFlightRule, customers: Customers): InFlight {
  switch (rule) {
    case "by-request":
      return new InFlightByRequest(customers);
    case "next-request":
      return new InFlightByNextRequest();
    case "redirects":
      return new InFlightByRedirect(customers);
    case "reports":
      return new InFlightByReport();
    case "none":
      return new InFlightByNothing();
  }
}
