import type { Answer, CoordinatorPolicies, Named } from "../../coordinator/index.ts";
import type { DispatchView } from "../../policies/index.ts";
import { nameOfAnswer } from "../journal/name-of-answer.ts";
import {
  type Asked,
  answerOf,
  type JournalWatch,
  type Replaying,
} from "../journal/replay-journal.ts";
import { epochIn } from "./epoch.ts";
import { KnownNames } from "./known-names.ts";
import { type Believed, believedOf, leftOut, type ToldDecision } from "./told-decision.ts";

type BoundDispatch = CoordinatorPolicies["dispatch"];

/** What the policy saw. */
interface Seen {
  readonly candidates: readonly Believed[];
  readonly server: ToldDecision["server"];
}

/** Looks on while journals are told again, and keeps all that some decisions were made from. */
export class DecisionWatch implements JournalWatch {
  /** In the order in which they were made. */
  readonly told: ToldDecision[] = [];
  /** The journal that is being told again. */
  journal = "";
  readonly #wanted: ReadonlySet<number>;
  readonly #names = new KnownNames();
  #epoch: number | null = null;
  #decisions = 0;
  /** What the policy saw of the request under way; null where it was not asked. */
  #seen: Seen | null = null;

  /** `wanted`: decisions by their place among all, from 0. */
  constructor(wanted: ReadonlySet<number>) {
    this.#wanted = wanted;
  }

  kept(host: unknown): void {
    this.#names.kept(host);
    this.#epoch = epochIn(host) ?? this.#epoch;
  }

  named(record: Named): void {
    this.#names.named(record);
  }

  dispatch(policy: BoundDispatch): BoundDispatch {
    return {
      name: policy.name,
      decide: (view, random) => {
        // Before the policy decides, as its decision changes what is believed.
        if (this.#wanted.has(this.#decisions)) this.#seen = seenIn(view);
        return policy.decide(view, random);
      },
      observe: (event) => policy.observe(event),
      get remembers() {
        return policy.remembers;
      },
      get memory() {
        return policy.memory;
      },
      recall: (memory) => policy.recall(memory),
    };
  }

  answered(asked: Asked, answer: Answer, line: number, replaying: Replaying): void {
    if (this.#wanted.has(this.#decisions))
      this.told.push(this.#tell(asked, answer, line, replaying));
    this.#seen = null;
    this.#decisions++;
  }

  #tell(
    asked: Asked,
    answer: Answer,
    line: number,
    { coordinator, pathOf }: Replaying,
  ): ToldDecision {
    const { at, customer, where, file, bytes, answer: recorded } = asked;
    const { kind, volunteer, reason, retryAfter } = answer;
    // Asked now, as only now it counts whom the customer has come back from.
    const all = coordinator.survey.exclusions(file, at, customer, where);
    const out = new Set(all.map((each) => each.volunteer));
    const left = Array.from({ length: coordinator.survey.volunteers }, (_, each) => each);
    // Where the policy was not asked, nobody was sent anywhere: what is believed is what was.
    const candidates =
      this.#seen?.candidates ??
      left
        .filter((each) => !out.has(each))
        .map((each) => believedOf(coordinator.volunteer(each), at));
    const considered = new Set(candidates.map((each) => each.volunteer));
    const excluded = all.filter((each) => !considered.has(each.volunteer));
    const exclusions = [
      ...excluded,
      ...leftOut(coordinator.survey.volunteers, candidates, excluded),
    ];
    const named = <Told extends { readonly volunteer: number }>(told: readonly Told[]) =>
      told.map((each) => ({ ...each, name: this.#names.of(each.volunteer) }));
    return {
      time: this.#epoch === null ? null : new Date(this.#epoch + 1000 * at).toISOString(),
      ...{ journal: this.journal, line, at, customer, where, file, bytes, path: pathOf(file) },
      ...{ kind, volunteer, name: this.#names.of(volunteer), reason, retryAfter },
      recorded: recorded === answerOf(answer) ? null : nameOfAnswer(recorded),
      server: this.#seen?.server ?? null,
      candidates: named(candidates),
      exclusions: named(exclusions.sort((a, b) => a.volunteer - b.volunteer)),
    };
  }
}

function seenIn({ now, candidates, count, server }: DispatchView): Seen {
  const { uplink, sending } = server;
  return {
    candidates: candidates.slice(0, count).map((each) => believedOf(each, now)),
    server: { uplink, sending },
  };
}
