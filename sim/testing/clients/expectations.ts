/** What must come out, as data, each with its reason; and what of it did not. */
import { CLIENTS } from "./clients.ts";
import type { Settings, Trial } from "./trial.ts";
import { KINDS, type Kind } from "./volunteer-kinds.ts";

export interface Expectation {
  readonly what: string;
  readonly reason: string;
  /** All of them where it is left out. */
  readonly clients?: readonly string[];
  readonly kinds?: readonly Kind[];
  readonly settings?: readonly Settings[];
  /** Null where it holds; otherwise what was found instead. */
  found(trial: Trial): string | null;
}

const firstOk = ({ first }: Trial) => (first.verdict === "ok" ? null : first.verdict);
const secondOk = ({ second }: Trial) =>
  second.verdict === "ok" ? null : `again: ${second.verdict}`;
const allBut = (...kinds: readonly Kind[]) => KINDS.filter((kind) => !kinds.includes(kind));

export const EXPECTATIONS: readonly Expectation[] = [
  {
    what: "all are served where all volunteers are good",
    reason: "Otherwise nothing below says anything.",
    kinds: ["good"],
    found: (trial) => firstOk(trial) ?? secondOk(trial),
  },
  {
    what: "who trusts blindly sends to the bad volunteer first",
    reason: "It claims the fastest link. Otherwise nobody below has met it.",
    kinds: allBut("good"),
    settings: ["trusting"],
    found: ({ isPreferred }) => (isPreferred ? null : "sent to another"),
  },
  {
    what: "curl that retries is served in the same run",
    reason:
      "It comes back to the server, which takes that as a complaint. It does not check what it gets: " +
      "lies and pages of another kind pass for the file.",
    clients: ["curl hardened", "curl hardened -C -"],
    kinds: allBut("lying", "soft404"),
    found: firstOk,
  },
  {
    what: "dnf with a short time limit is served in the same run",
    reason: "It comes back four times, on a wrong checksum too.",
    clients: ["dnf baseurl hardened"],
    found: firstOk,
  },
  {
    what: "dnf as it comes is served in the same run, where it notices",
    reason:
      "The same; but it gives silent volunteers 30 s, and slow ones all the time above 1 kB/s.",
    clients: ["dnf baseurl"],
    kinds: allBut("hanging", "slow20kB"),
    found: firstOk,
  },
  {
    what: "who has a metalink is served in the same run",
    reason: "It knows the digests and the other volunteers, and needs nobody.",
    clients: ["dnf metalink", "aria2 .meta4"],
    found: firstOk,
  },
  {
    what: "who asks the server is served in the run after",
    reason:
      "apt, wget and pip stick to whom they were sent to; asked again, the server sends them elsewhere. " +
      "All but apt's mirror method, which asks for a list and does not say what it tried.",
    clients: CLIENTS.map(({ name }) => name).filter((name) => name !== "apt mirror+http"),
    found: secondOk,
  },
  {
    what: "what an earlier customer met, nobody meets",
    reason:
      "The volunteer that it was sent to has been audited meanwhile. Slow ones pass: their bytes are right.",
    kinds: allBut("slow20kB"),
    settings: ["default"],
    found: firstOk,
  },
  {
    what: "nobody takes wrong bytes for right ones",
    reason: "The copy that an earlier customer was sent to has been audited meanwhile.",
    settings: ["default"],
    found: ({ first, second }) =>
      [first, second].some(({ verdict }) => verdict === "WRONG") ? "WRONG" : null,
  },
  {
    what: "who does not answer is not handed out for having announced itself",
    reason:
      "A web server that hangs has an announcer beside it that works. A hanging volunteer is the worst: " +
      "most clients wait for it for half a minute or for ever.",
    kinds: ["refused", "hanging"],
    settings: ["default"],
    found: ({ sentAfterwards }) =>
      sentAfterwards > 0 ? `sent to it: ${sentAfterwards} of ten` : null,
  },
  {
    what: "no liar is handed out after a failed audit",
    reason: "One proof is enough. Who trusts blindly heeds none.",
    settings: ["default"],
    found: ({ failedAudits, sentAfterwards }) =>
      failedAudits > 0 && sentAfterwards > 0 ? `sent to it: ${sentAfterwards} of ten` : null,
  },
];

export interface Failure {
  readonly trial: Trial;
  readonly expectation: Expectation;
  readonly found: string;
}

export function failuresOf(
  trials: readonly Trial[],
  expectations: readonly Expectation[] = EXPECTATIONS,
): Failure[] {
  return trials.flatMap((trial) =>
    expectations
      .filter((each) => each.clients?.includes(trial.client) ?? true)
      .filter((each) => each.kinds?.includes(trial.kind) ?? true)
      .filter((each) => each.settings?.includes(trial.settings) ?? true)
      .flatMap((expectation) => {
        const found = expectation.found(trial);
        return found === null ? [] : [{ trial, expectation, found }];
      }),
  );
}
