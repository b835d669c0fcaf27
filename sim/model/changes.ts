import type { ChosenPolicy, CoordinatorPolicies } from "../coordinator/index.ts";
import type { Engine } from "../engine/engine.ts";
import type { AnnounceTimes } from "./announces.ts";
import type { Coordination } from "./coordination.ts";
import type { Offers } from "./offers.ts";
import type { RepositoryServer } from "./server.ts";
import type { Synchronisation } from "./synchronisation.ts";
import type { SystemChange, SystemSpec, VolunteerClass } from "./system.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

/** A dispatch policy that takes over, as it is chosen and bound to all its params. */
export interface Successor {
  readonly chosen: ChosenPolicy;
  /** One for each redirector. */
  readonly bound: () => CoordinatorPolicies["dispatch"];
}

/** What a change is done to. */
interface Changing {
  readonly server: RepositoryServer;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
  readonly coordination: Coordination;
  readonly offers: Offers;
  readonly announceTimes: AnnounceTimes;
  readonly synchronisation: Synchronisation;
  /** Begins the traffic of others on a volunteer's links. */
  readonly playBackgroundOf: (volunteer: number) => void;
  /** The policy, watched as that of the start is. */
  readonly watched: (policy: CoordinatorPolicies["dispatch"]) => CoordinatorPolicies["dispatch"];
}

/** What changes and when; nothing is scheduled, and no event has another number, where nothing does. */
export function scheduleChanges(
  { system, successors = [] }: Plan,
  engine: Engine,
  changing: Changing,
): void {
  const { changes = [] } = system;
  if (changes.length === 0) return;
  const change = engine.kind("system.change", (number) => {
    new Change(changing, changes[number]).make();
    const successor = successors[number] ?? null;
    if (successor !== null) takeOver(changing, successor);
  });
  for (const [number, { at }] of changes.entries()) engine.at(at, change, number);
}

interface Plan {
  readonly system: SystemSpec;
  readonly successors?: readonly (Successor | null)[];
}

function takeOver({ coordination, watched }: Changing, { chosen, bound }: Successor): void {
  coordination.tell((coordinator, now) => {
    coordinator.changeDispatch(chosen, watched(bound()), now);
  });
}

/**
 * One change of a running system. Links are wider or narrower at once, whatever moves over them, and
 * volunteers tell what they offer with their next announce. Who leaves says good-bye and is gone at
 * once, those with the highest numbers of their class first; who comes is registered, announces itself
 * and holds nothing yet.
 */
class Change {
  readonly #in: Changing;
  readonly #to: SystemChange;
  readonly #classes: ReadonlyMap<string, VolunteerClass>;

  constructor(changing: Changing, to: SystemChange) {
    this.#in = changing;
    this.#to = to;
    this.#classes = new Map(to.volunteers.map((spec) => [spec.name, spec]));
  }

  make(): void {
    const { volunteers, announceTimes, synchronisation } = this.#in;
    this.#changeServer();
    announceTimes.interval = this.#to.tracker.interval;
    synchronisation.keepEvery(this.#to.synchronisation.every);
    const all = volunteers.machines.map(({ spec: { name }, index }, volunteer) => {
      const spec = this.#classes.get(name) ?? volunteers.classes[volunteer];
      return { volunteer, spec, belongs: index < spec.count };
    });
    for (const { volunteer, spec } of all) this.#changeLinks(volunteer, spec);
    for (const { volunteer, belongs } of all.toReversed()) if (!belongs) this.#leave(volunteer);
    for (const { volunteer, belongs } of all) if (belongs) this.#join(volunteer);
  }

  #changeServer(): void {
    const { topology, coordination } = this.#in;
    const { uplink } = this.#to.server;
    if (!topology.changeServer(uplink)) return;
    coordination.tell((coordinator, now) => coordinator.changeUplink(uplink, now));
  }

  #changeLinks(volunteer: number, spec: VolunteerClass): void {
    const { volunteers, topology, offers } = this.#in;
    const before = volunteers.classes[volunteer];
    volunteers.classes[volunteer] = spec;
    topology.changeVolunteer(volunteer, spec, this.#to.synchronisation);
    const isOther = spec.uplink !== before.uplink || spec.shared !== before.shared;
    if (isOther) offers.outdate(volunteer);
  }

  #leave(volunteer: number): void {
    const { volunteers, server, coordination } = this.#in;
    if (!volunteers.isMember(volunteer)) return;
    const isHeard = server.isUp && volunteers.isOnline(volunteer);
    if (isHeard) coordination.tell((coordinator, now) => coordinator.leave(volunteer, now));
    volunteers.leave(volunteer);
  }

  #join(volunteer: number): void {
    const { volunteers, offers, announceTimes, synchronisation, playBackgroundOf } = this.#in;
    if (volunteers.isMember(volunteer)) return;
    volunteers.join(volunteer, () => {
      playBackgroundOf(volunteer);
      offers.register(volunteer);
      announceTimes.join(volunteer);
      synchronisation.join(volunteer);
    });
  }
}
