interface Aim {
  readonly name: string;
  /** The median error to stay within. */
  readonly aim: number;
  readonly unit: "seconds" | "bytes" | "bytes per second";
  /** The quantity, and what one case of it is. */
  readonly what: string;
  readonly one: string;
}

/** A download where several are alike: nobody can tell before which of them will be the faster. */
const BY_RANK = "downloads that a scenario makes alike are compared by rank";

/** The measures, in the order they are shown. */
export const AIMS = [
  {
    name: "A.bulk",
    aim: 0.05,
    unit: "seconds",
    what: "time of a download of 1 MB or more",
    one: `A case is a download of a repetition; ${BY_RANK}.`,
  },
  {
    name: "A.small",
    aim: 0.12,
    unit: "seconds",
    what: "time of a smaller download or of a train of them, round trip 10 ms or more",
    one: `A case is a download or the whole train of a client; ${BY_RANK}.`,
  },
  {
    name: "A.all",
    aim: 0.12,
    unit: "seconds",
    what: "time of a download or of a train of them",
    one: `A case is a download or the whole train of a client; ${BY_RANK}.`,
  },
  {
    name: "B.bytes",
    aim: 0.05,
    unit: "bytes",
    what: "bytes rsync sends both ways",
    one: "A case is a pair of versions at one block length; what was found at the lengths nearest to 1 and 16 KiB is given, and those are no cases.",
  },
  {
    name: "B.time",
    aim: 0.1,
    unit: "seconds",
    what: "time rsync takes over a capped link",
    one: "A case is a pair of versions at one block length, or a client of several that pull at once, compared by rank.",
  },
  {
    name: "C.finish",
    aim: 0.2,
    unit: "seconds",
    what: "time until the last leecher has finished",
    one: "A case is a run of a swarm in which all finished.",
  },
  {
    name: "C.serverBytes",
    aim: 0.2,
    unit: "bytes",
    what: "bytes the seed sends",
    one: "A case is a run of a swarm in which all finished.",
  },
  {
    name: "D.scenario",
    aim: 0.08,
    unit: "seconds",
    what: "mean time of a redirected request",
    one: "A case is a repetition of a scenario, its sources as recorded.",
  },
  {
    name: "D.request",
    aim: 0.12,
    unit: "seconds",
    what: "time of a redirected request",
    one: "A case is a request of a repetition, its source as recorded.",
  },
  {
    name: "E.rate",
    aim: 0.1,
    unit: "bytes per second",
    what: "rate of a fetch, one chunk asked for at a time",
    one: "A case is a file at one size of chunks.",
  },
] as const satisfies readonly Aim[];

export type MeasureName = (typeof AIMS)[number]["name"];

/** What is known of a measure before anything is replayed. */
export function aimNamed(name: MeasureName): Aim {
  const known = AIMS.find((aim) => aim.name === name);
  if (known === undefined) throw new Error(`unknown measure: ${name}`);
  return known;
}

export function aimOf(name: MeasureName): number {
  return aimNamed(name).aim;
}
