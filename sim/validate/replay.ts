import { assert } from "../engine/assert.ts";
import { Engine } from "../engine/engine.ts";
import { streams } from "../engine/random.ts";
import type { Causes } from "../network/http/causes.ts";
import { Connection, Http } from "../network/http/http.ts";
import { type LinkId, Network } from "../network/network.ts";
import { type Place, type Route, route } from "../network/sites.ts";
import { SEGMENT_PAYLOAD, WIRE_EFFICIENCY } from "../network/wire.ts";
import { Processor } from "./processor.ts";
import { type Cap, type Machine, type Testbed, UNSHAPED } from "./testbed.ts";

/** Downloads that one client makes one after the other, each as soon as the one before has come. */
export interface Train {
  readonly client: string;
  /** Seconds from the start at which the first is asked for. */
  readonly at: number;
  /** Seconds at which the client's program was started, where that was long before. */
  readonly launched?: number;
  readonly downloads: readonly { readonly source: string; readonly bytes: number }[];
  /** Machine that redirects each download to its source, if one does. */
  readonly redirector?: string;
  /** Whether all go over one connection. */
  readonly keepAlive: boolean;
}

/** Runs beyond this number of events are runaways. */
const MAX_EVENTS = 50_000_000;

/** Runs the trains on the testbed. Returns the seconds that each download of each train took. */
export function replay(
  testbed: Testbed,
  trains: readonly Train[],
  causes: Causes,
  seed: number,
): number[][] {
  const engine = new Engine({ maxEvents: MAX_EVENTS });
  const network = new Network(engine);
  const chance = streams(seed);
  const http = new Http(engine, network, causes, chance("losses"));
  const processor = new Processor(trains, chance("processor"));
  const places = placesOf(testbed, network, http, causes);
  const way = (from: string, to: string): Route =>
    route(places(from), places(to), testbed.roundTrip);

  const seconds: number[][] = trains.map(() => []);
  const asked = trains.map(() => 0);
  const connections = trains.map(({ keepAlive }) => (keepAlive ? new Connection() : undefined));
  const ask = engine.kind("train.ask", (at) => {
    const { client, redirector, downloads } = trains[at];
    const { source, bytes } = downloads[seconds[at].length];
    const connection = connections[at];
    asked[at] = engine.now;
    const route = way(source, client);
    http.start({
      route,
      bytes,
      processorWait: processor.wait(engine.now, redirector === undefined ? 1 : 2),
      ...(route.data.length === 0 && { cap: UNSHAPED }),
      purpose,
      owner: at,
      ...(redirector !== undefined && { redirector: way(redirector, client) }),
      ...(connection !== undefined && { connection }),
      ...(testbed.receiveWindow !== null && { receiveWindow: testbed.receiveWindow }),
    });
  });
  const purpose = http.purpose((at) => {
    seconds[at].push(engine.now - asked[at]);
    if (seconds[at].length < trains[at].downloads.length) engine.after(0, ask, at);
  });
  for (const [at, train] of trains.entries()) {
    if (train.downloads.length > 0) engine.at(train.at, ask, at);
  }
  engine.drain();
  return seconds;
}

/** Builds the links of each machine when it is first asked for. */
function placesOf(testbed: Testbed, network: Network, http: Http, causes: Causes) {
  const places = new Map<string, Place>();
  const link = (cap: Cap | null): LinkId | null => {
    if (cap === null) return null;
    const payload = causes.wireEfficiency ? WIRE_EFFICIENCY : 1;
    const queue = testbed.queuePackets * SEGMENT_PAYLOAD;
    const id = network.addLink(cap.rate * payload, { queue });
    http.buckets.add(id, cap.burst * payload);
    return id;
  };
  const build = ({ up, down }: Machine): Place => ({
    parent: null,
    up: link(up),
    down: link(down),
  });
  return (name: string): Place => {
    const known = places.get(name);
    if (known !== undefined) return known;
    const machine = testbed.machine(name);
    assert(machine !== null, `unknown machine: ${name}; known: ${testbed.known}`);
    const place = build(machine);
    places.set(name, place);
    return place;
  };
}
