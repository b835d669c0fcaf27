import { isDeepStrictEqual } from "node:util";
import type { Coordinator, CoordinatorState } from "../../coordinator/index.ts";
import type { Deciding } from "./segment-head.ts";

/**
 * The state as a coordinator takes it over that decides by other settings or policies: all that is known
 * stays, and what only the one before could use, such as its policies' memories, is as at the beginning.
 *
 * @param make A coordinator that decides by `to`, told nothing.
 */
export function adoptedState(
  state: CoordinatorState,
  from: Deciding,
  to: Deciding,
  make: (deciding: Deciding) => Coordinator,
): CoordinatorState {
  const isSame = (part: (of: Deciding) => unknown) => isDeepStrictEqual(part(from), part(to));
  const fresh = blank(state, to, make);
  const { known, timing, placement } = state;
  const keepsRule = isSame(({ settings: { inFlight, redirectors } }) => [inFlight, redirectors]);
  const keepsUplink = isSame(({ settings }) => settings.uplink);
  return {
    ...state,
    chance: isSame(({ seed }) => seed) ? state.chance : fresh.chance,
    dispatch: isSame(({ policies }) => policies.dispatch) ? state.dispatch : fresh.dispatch,
    known: {
      ...known,
      inFlight: keepsRule ? known.inFlight : fresh.known.inFlight,
      standing: isSame(({ policies }) => policies.trust)
        ? known.standing
        : { ...known.standing, memories: fresh.known.standing.memories },
      uplink: keepsUplink ? known.uplink : fresh.known.uplink,
    },
    placement: isSame(({ policies }) => policies.replication)
      ? placement
      : { ...placement, isOutdated: true },
    timing: isSame(({ policies }) => policies.sync)
      ? timing
      : { ...timing, memories: fresh.timing.memories },
    probing: isSame(({ settings }) => settings.probeEvery) ? state.probing : fresh.probing,
    nextLook: isSame(({ settings }) => settings.placeEvery) ? state.nextLook : fresh.nextLook,
  };
}

/** A coordinator that knows the volunteers, and nothing else. */
function blank(
  { now, known }: CoordinatorState,
  to: Deciding,
  make: (deciding: Deciding) => Coordinator,
): CoordinatorState {
  const coordinator = make(to);
  for (const [volunteer, { offer }] of known.volunteers.entries()) {
    coordinator.register(volunteer, offer, now);
  }
  return coordinator.save();
}
