/** Moments and partings in words. */
import { ABOUT, isDraw, type Moment, type Note, START } from "./moment.ts";
import type { Parting } from "./retrace.ts";

/** What the subject of an event is, by the first word of its kind. */
const SUBJECTS: Readonly<Record<string, string>> = {
  request: "request",
  http: "transfer",
  sync: "volunteer",
  tracker: "volunteer",
  volunteer: "volunteer",
  site: "site",
  server: "server",
  peer: "customer",
  release: "release",
};

/** The model's decision where a request goes; its value is the node. */
const DISPATCH = "dispatch";

/** Which request a decision is about. */
const ASKING = `${ABOUT}asking`;

/** `t = 3612.5 s, request.arrive of request 12, request 12 sent to volunteer 3`. */
export function momentText(moment: Moment | null): string {
  if (moment === null) return "nothing: the run is over";
  if (moment.kind === START) return "before the first event";
  const whom = entityOf(moment);
  const event = moment.kind + (whom === "" ? "" : ` of ${whom}`);
  return [`t = ${moment.time} s`, event, ...decisionsIn(moment)].join(", ");
}

/** Where requests were sent. One that ended may have let the same customer's next begin. */
function decisionsIn({ notes }: Moment): string[] {
  let request = "";
  return notes.flatMap((note) => {
    if (note.what === ASKING) request = `request ${note.value} `;
    return isDecision(note) ? [`${request}sent to ${node(note.value)}`] : [];
  });
}

/** Whom an event concerns: `request 12`. A transfer's number says less than what it is for. */
export function entityOf({ kind, subject, notes }: Moment): string {
  const isOwner = (note: Note) => !isDecision(note) && !isDraw(note) && note.what !== ASKING;
  const told = notes.filter(isOwner);
  const best = told.find(({ what }) => what !== "transfer") ?? told[0];
  if (best !== undefined) return `${best.what.replace(ABOUT, "")} ${best.value}`;
  const [first] = kind.split(/[ .]/);
  if (first === "swarm") return `peer ${subject}`;
  const noun = SUBJECTS[first];
  return noun === undefined ? "" : `${noun} ${subject}`;
}

function node(value: number): string {
  return value < 0 ? "the server" : `volunteer ${value}`;
}

/** Why the runs part, as far as their events tell; in one sentence without a full stop. */
export function causeOf({ difference, isSameWorkload, kinds }: Parting): string {
  if (!isSameWorkload)
    return "the workload differs: customers ask for other files or at other times";
  if (difference.kind === "none") {
    const named = [
      ...kinds.gone.map((kind) => `${kind} gone`),
      ...kinds.added.map((kind) => `${kind} new`),
    ];
    return named.length > 0
      ? `the same events, but other kinds are known: ${named.join(", ")}`
      : "the same events, but kinds are registered in another order";
  }
  if (difference.kind === "window")
    return "only hashes are kept, so that the event is one of these";
  const { expected, found, shift } = difference;
  const shifted = shift === null ? "" : `; ${shiftText(shift)}`;
  if (expected === null) return `the run goes on where it ended${shifted}`;
  if (found === null) return `the run ends before it did${shifted}`;
  return causeBetween(expected, found) + shifted;
}

function causeBetween(expected: Moment, found: Moment): string {
  const isSameEvent = expected.kind === found.kind && expected.subject === found.subject;
  if (!isSameEvent) return "another event comes first";
  if (expected.time !== found.time) return `the same event at another time: ${reason(found.kind)}`;
  const decided = ({ notes }: Moment) => JSON.stringify(notes.filter(isDecision));
  if (decided(expected) !== decided(found)) return "the dispatch policy decides otherwise";
  return "the same event concerns somebody else";
}

function isDecision({ what }: Note): boolean {
  return what === DISPATCH;
}

/** `random numbers are shifted since t = 12 s, request.arrive of request 3: draws of dispatch 1 → 2`. */
function shiftText({ expected, found }: { readonly expected: Moment; readonly found: Moment }) {
  const drawn = ({ notes }: Moment) =>
    new Map(notes.filter(isDraw).map(({ what, value }) => [what, value]));
  const [then, now] = [drawn(expected), drawn(found)];
  const streams = [...new Set([...then.keys(), ...now.keys()])]
    .filter((what) => then.get(what) !== now.get(what))
    .map((what) => `${what} ${then.get(what) ?? 0} → ${now.get(what) ?? 0}`);
  const shown = streams.slice(0, MOST_STREAMS).join(", ");
  const more = streams.length - MOST_STREAMS;
  const rest = more > 0 ? ` and of ${more} more` : "";
  return `random numbers are shifted, ${momentText(found)}: ${shown}${rest}`;
}

const MOST_STREAMS = 3;

/** What the time of an event hangs on. */
function reason(kind: string): string {
  if (kind.endsWith(".toggle")) return "the law of times up and down, or its random numbers";
  if (kind.startsWith("network.") || kind.startsWith("http."))
    return "rates or delays of transfers";
  if (kind.startsWith("sync.")) return "the timetable of synchronisation, or its policy";
  if (kind.startsWith("tracker.")) return "the timetable of reports";
  if (kind === "sample") return "the width of a bin";
  return "what scheduled it";
}
