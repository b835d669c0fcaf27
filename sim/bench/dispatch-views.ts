import {
  type Candidate,
  type DispatchView,
  PLAIN_VOLUNTEER,
  type Random,
  UNKNOWN_CLIENT,
} from "../policies/index.ts";

/** Views with this many candidates, alike enough that ties and rare branches occur in a thousand. */
export function dispatchViews(views: number, candidates: number, random: Random): DispatchView[] {
  return Array.from({ length: views }, (_, file) => dispatchView(file, candidates, random));
}

function dispatchView(file: number, count: number, random: Random): DispatchView {
  const whole = (below: number) => Math.floor(random() * below);
  const letter = () => ["", "a", "b", "c"][whole(4)];
  const place = () => ({
    ...{ site: letter(), region: letter() },
    position: whole(4) === 0 ? null : { latitude: whole(90), longitude: whole(180) },
  });
  const volunteer = () => ({
    ...{ ...PLAIN_VOLUNTEER, ...place(), network: 0x0a000000, bits: 8 * whole(3) },
    ...{ asNumbers: [whole(3)], countries: [letter(), letter()], continents: [letter()] },
    ...{ weight: 100 * (1 + whole(2)), score: whole(3) - 1, joinedAt: -whole(1000) },
    ...{ failures: whole(2) * whole(12), failedAt: whole(2) ? -whole(1000) : -Infinity },
    latency: { samples: whole(40), last: whole(9), mean: whole(3), deviation: 1, median: whole(5) },
  });
  const candidate = (_: unknown, node: number): Candidate => ({
    ...{ node, uplink: 1e6 * (1 + whole(3)), reportedAt: -whole(2000) },
    belief: (["verified", "listed", "listed", "listed", "stale", "partial"] as const)[whole(6)],
    ...{ uploadRate: 1e5 * whole(9), syncRate: 1e5 * whole(3), left: 1e6 * whole(2) },
    ...{ uploaded: 1e6 * whole(9), pending: 1e6 * whole(4), redirected: 1e6 * whole(4) },
    ...{ transfers: whole(4), facts: volunteer() },
  });
  const client = {
    ...{ ...UNKNOWN_CLIENT, ...place(), address: 0x0a010001 * whole(2), asNumber: whole(3) },
    ...{ country: letter(), continent: letter(), demand: random(), lastNode: whole(count + 1) - 1 },
    lastAt: whole(2) ? -whole(1000) : -Infinity,
  };
  return {
    ...{ now: whole(100), file, size: 1 + whole(1e7), customer: whole(1000), client, count },
    server: { uplink: 1e7, sending: 1500 * whole(3) },
    candidates: Array.from({ length: count }, candidate),
  };
}
