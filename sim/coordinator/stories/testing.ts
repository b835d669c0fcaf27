/**
 * Stories: what happens to a coordinator, told in different ways that must come to the same. A story is
 * the events of a journal; a driver tells them and says what became of each.
 */
import { apply } from "../apply.ts";
import { bindPolicies, type ChosenPolicies } from "../chosen-policies.ts";
import { Coordinator } from "../coordinator.ts";
import { type Event, LATER } from "../events.ts";
import { journalOf, readJournal } from "../journal/testing.ts";
import type { Chance, CoordinatorSettings } from "../parts.ts";
import type { Answer } from "../redirector.ts";
import { snapshotOf, stateOf } from "../snapshot/snapshot.ts";

/** What a coordinator is made from; `chance` makes it anew from the start. */
export interface Setting {
  readonly settings: CoordinatorSettings;
  readonly policies: ChosenPolicies;
  readonly chance: () => Chance;
}

/** What became of a story. */
export interface Told {
  /**
   * After each event, as JSON: `answer` (a volunteer, `SERVER`, `LATER`, or null), its reason and its
   * wait, `actions` in order, and `nextDue`.
   */
  readonly steps: readonly string[];
  /** The coordinator at the end, to the byte. */
  readonly state: Uint8Array;
}

/** A way of telling a story; a driver of the simulator or of a server can be another. */
export type Teller = (setting: Setting, story: readonly Event[]) => Told;

/** The least that a host does. */
export class Host {
  readonly coordinator: Coordinator;
  readonly steps: string[] = [];
  readonly #paths = new Map<number, string>();

  constructor(setting: Setting, onEvent?: (event: Event) => void, paths: readonly Event[] = []) {
    for (const event of paths) this.#name(event);
    this.coordinator = new Coordinator({
      settings: setting.settings,
      policies: bindPolicies(setting.policies),
      chance: setting.chance(),
      pathOf: (file) => this.#paths.get(file) ?? "",
      onEvent,
    });
  }

  #name(event: Event): void {
    if (event.kind === "file-added") this.#paths.set(event.file, event.path);
  }

  /** Returns whom a customer was sent to. */
  tell(event: Event): number {
    this.#name(event);
    const answer = apply(this.coordinator, event);
    const actions: string[] = [];
    this.coordinator.actions.take((kind, volunteer, subject) => {
      actions.push(`${kind} ${volunteer} ${subject}`);
    });
    const { nextDue } = this.coordinator;
    this.steps.push(JSON.stringify({ ...said(answer), actions, nextDue: `${nextDue}` }));
    return answer?.volunteer ?? 0;
  }

  told(): Told {
    return { steps: this.steps, state: snapshotOf(this.coordinator.save()) };
  }
}

function said(answer: Answer | null) {
  if (answer === null) return { answer };
  const { kind, volunteer, reason, retryAfter } = answer;
  return { answer: kind === "later" ? LATER : volunteer, kind, reason, retryAfter };
}

/** By typed calls, from a host that also makes room and asks questions, which must change nothing. */
export const byCalls: Teller = (setting, story) => {
  const host = new Host(setting);
  host.coordinator.reserve(5000);
  for (const event of story) {
    host.tell(event);
    if (event.kind === "asked") host.coordinator.survey.exclusions(event.file, event.at);
  }
  return host.told();
};

/** From the text of a journal that the first host has written. */
export const byJournal: Teller = (setting, story) => {
  const host = new Host(setting);
  const { records } = readJournal(journalOf(eventsOf(setting, story)));
  for (const record of records) if (record.kind !== "named") host.tell(record as Event);
  return host.told();
};

/** What a coordinator that is told the story tells its journal. */
export function eventsOf(setting: Setting, story: readonly Event[]): Event[] {
  const events: Event[] = [];
  const host = new Host(setting, (event) => events.push(event));
  for (const event of story) host.tell(event);
  return events;
}

/** The setting with the dispatch policy that has taken over last, as a host is to be made with it. */
function settingAfter(setting: Setting, story: readonly Event[]): Setting {
  const last = story.findLast((event) => event.kind === "dispatch-changed");
  if (last === undefined) return setting;
  return { ...setting, policies: { ...setting.policies, dispatch: last.policy } };
}

/** With a new coordinator after so many events, which takes over a snapshot of the one before. */
export function withRestarts(...after: readonly number[]): Teller {
  return (setting, story) => {
    let host = new Host(setting);
    const steps: string[] = [];
    for (const [number, event] of story.entries()) {
      if (after.includes(number)) {
        const saved = host.told().state;
        steps.push(...host.steps);
        const heard: Event[] = [];
        const before = story.slice(0, number);
        host = new Host(settingAfter(setting, before), (each) => heard.push(each), before);
        host.coordinator.load(stateOf(saved) as ReturnType<Coordinator["save"]>);
        if (heard.length > 0) throw new Error("what is taken over is no event");
      }
      host.tell(event);
    }
    return { ...host.told(), steps: [...steps, ...host.steps] };
  };
}
