import { bindPolicies, Coordinator, NOWHERE, seededChance } from "../../../coordinator/index.ts";
import { NotingHost, type OpenDesk } from "../testing.ts";

/** A host that tells a coordinator, and has done what that says. */
export class Coordinated extends NotingHost {
  readonly coordinator = new Coordinator({
    settings: {
      ...{ uplink: 1, timeout: 100, inFlight: "by-request" },
      ...{ probeEvery: Number.POSITIVE_INFINITY, placeEvery: 10, again: 0 },
    },
    policies: bindPolicies({
      dispatch: { name: "join-idle-queue", params: {} },
      replication: { name: "everything", params: {} },
      trust: { name: "sampled-audit", params: { share: 1 } },
      sync: { name: "yielding", params: {} },
    }),
    chance: seededChance("story"),
    pathOf: String,
  });
  desk: OpenDesk | null = null;

  override register(...args: Parameters<NotingHost["register"]>): number {
    const volunteer = super.register(...args);
    this.coordinator.register(volunteer, args[1], this.now());
    this.#settle();
    return volunteer;
  }
  override announce(...args: Parameters<NotingHost["announce"]>): void {
    super.announce(...args);
    this.coordinator.announce(...args, this.now());
    this.#settle();
  }
  override audited(...args: Parameters<NotingHost["audited"]>): void {
    const [volunteer, file, result] = args;
    this.coordinator.audited(volunteer, file, result, this.now());
    this.#settle();
    super.audited(...args);
  }

  override leave(volunteer: number): void {
    super.leave(volunteer);
    this.coordinator.leave(volunteer, this.now());
  }
  override planSync(...args: Parameters<NotingHost["planSync"]>): void {
    super.planSync(...args);
    this.coordinator.planSync(...args, this.now());
    this.#settle();
  }
  override paceSync(...args: Parameters<NotingHost["paceSync"]>): number {
    return this.coordinator.paceSync(...args, this.now());
  }
  override beganSync(volunteer: number): void {
    this.coordinator.beganSync(volunteer, this.now());
  }

  /** The volunteer that a customer is sent to, or -1. */
  ask(customer: number, file: number, size: number): number {
    const { volunteer } = this.coordinator.ask(customer, file, size, NOWHERE, this.now());
    this.#settle();
    return volunteer;
  }
  #settle(): void {
    this.coordinator.tick(this.now());
    this.coordinator.actions.take((...action) => this.desk?.desk.take(...action));
  }
}
