/** What makes a transfer differ from a fluid through pipes. Each cause can be left out alone. */
export interface Causes {
  /** Headers of Ethernet, IP and TCP take their part of a link. */
  readonly wireEfficiency: boolean;
  /** Opening a connection and asking for a file take a round trip each. */
  readonly connection: boolean;
  /** A redirect takes two round trips at the machine that redirects. */
  readonly redirect: boolean;
  /** A sender starts with ten segments in flight, and more only as ACKs come back. */
  readonly slowStart: boolean;
  /** A receiver with little memory has little in flight. */
  readonly receiveWindow: boolean;
  /** The round trips of set-up and slow start wait in queues that others keep full. */
  readonly queueWait: boolean;
  /** A queue grows with the windows of its flows and falls when they lose, and is seldom full. */
  readonly windowGrowth: boolean;
  /** Flows share a link in inverse proportion to their round trips, full queues included. */
  readonly roundTripShares: boolean;
  /** ACKs take from the links that they go back over. */
  readonly ackLoad: boolean;
  /** A shaper that was idle lets a burst through at once. */
  readonly burst: boolean;
  /** The header of an HTTP response is sent before the file. */
  readonly responseHeader: boolean;
  /** Losses fall on one flow more than on its equal, by chance. */
  readonly lossLuck: boolean;
  /** A full queue drops segments of short transfers too, which wait until they are sent again. */
  readonly recovery: boolean;
  /** The programs at both ends take time over a request, more where they wait for a processor. */
  readonly handling: boolean;
}

export type Cause = keyof Causes;

export const ALL_CAUSES: Causes = {
  wireEfficiency: true,
  connection: true,
  redirect: true,
  slowStart: true,
  receiveWindow: true,
  queueWait: true,
  windowGrowth: true,
  roundTripShares: true,
  ackLoad: true,
  burst: true,
  responseHeader: true,
  lossLuck: true,
  recovery: true,
  handling: true,
};

/** Each as a clause, for those who switch them. */
export const CAUSE_TEXTS: Readonly<Record<Cause, string>> = {
  wireEfficiency: "headers of Ethernet, IP and TCP take their part of a link",
  connection: "opening a connection and asking for a file take a round trip each",
  redirect: "a redirect takes two round trips at the machine that redirects",
  slowStart: "a sender starts with ten segments in flight",
  receiveWindow: "a receiver with little memory has little in flight",
  queueWait: "set-up and slow start wait in the queues of full links",
  windowGrowth: "queues grow with the windows of their flows and fall when these lose",
  roundTripShares: "flows share a link in inverse proportion to their round trips",
  ackLoad: "ACKs take from the links that they go back over",
  burst: "a link that was idle lets a burst through at once",
  responseHeader: "the header of an HTTP response is sent before the file",
  lossLuck: "losses fall on one flow more than on its equal, by chance",
  recovery: "full queues drop segments of short transfers too, which come later",
  handling: "the programs at both ends take time over a request",
};

export const CAUSES = Object.keys(ALL_CAUSES) as readonly Cause[];

/** A fluid that flows at the rate the wire leaves to payload, at once and without delay. */
export const FLUID: Causes = {
  wireEfficiency: true,
  connection: false,
  redirect: false,
  slowStart: false,
  receiveWindow: false,
  queueWait: false,
  windowGrowth: false,
  roundTripShares: false,
  ackLoad: false,
  burst: false,
  responseHeader: false,
  lossLuck: false,
  recovery: false,
  handling: false,
};

/**
 * What a simulation of weeks can afford: the causes that cost no more than the fluid itself. The
 * others solve queues and ACKs with every change of a rate.
 */
export const USUAL: Causes = {
  ...FLUID,
  connection: true,
  redirect: true,
  slowStart: true,
  responseHeader: true,
};
