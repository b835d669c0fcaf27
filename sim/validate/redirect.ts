/**
 * Experiment D: a server that redirects customers to volunteers, some of which synchronise meanwhile.
 *
 * Replayed with the sources that the real server chose, so that only the network is judged. A case is
 * the mean time of a repetition's requests, or one request of a repetition.
 */
import { basename } from "node:path";
import { group, mean } from "d3-array";
import { z } from "zod";
import type { Causes } from "../network/http/causes.ts";
import { isDone, type Row, readEach, readScenario, type Tell } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, type Runs, typical } from "./prediction.ts";
import type { Train } from "./replay.ts";
import {
  capOf,
  links,
  megabits,
  queueOf,
  roundTripOf,
  statedMegabits,
  type Testbed,
} from "./testbed.ts";

/** The server that redirects; where there are several, they are numbered and alike. */
const SERVER = /^srv\d*$/;
const VOLUNTEER = /^v(\d+)$/;

const scenario = links.extend({
  /** Up and down cap of each volunteer. */
  vols: z.array(z.tuple([statedMegabits, statedMegabits])),
  server_up: statedMegabits,
  server_down: megabits,
  cust_up: megabits,
  cust_down: megabits,
});

/** A request, or a synchronisation. */
interface Fetch {
  readonly repetition: string;
  readonly job: string;
  readonly isRequest: boolean;
  readonly client: string;
  /** Where it went in the end. */
  readonly source: string;
  /** Seconds from the start. */
  readonly at: number;
  readonly bytes: number;
  /** What was measured. */
  readonly seconds: number;
}

export interface RedirectCases {
  readonly perScenario: readonly Case[];
  readonly perRequest: readonly Case[];
}

export function redirect(folder: string, causes?: Causes, tell: Tell = () => {}): RedirectCases {
  const testbed = testbedOf(readScenario(folder, scenario));
  const fetches = readEach(folder, "outcomes.csv", (row) => fetchOf(row, testbed), tell);
  const repetitions = [...group(fetches, ({ repetition }) => repetition).values()];
  const cases = repetitions.map((repetition) => repeated(folder, testbed, repetition, causes));
  return {
    perScenario: cases.flatMap(({ perScenario }) => perScenario),
    perRequest: cases.flatMap(({ perRequest }) => perRequest),
  };
}

function fetchOf(row: Row, testbed: Testbed): Fetch | null {
  if (!isDone(row)) return null;
  const known = (column: string) => {
    const name = row.text(column);
    if (testbed.machine(name) !== null) return name;
    throw row.problem(`unknown machine: ${name}; known: ${testbed.known}`);
  };
  return {
    repetition: row.has("rep") ? row.text("rep") : "0",
    job: row.has("job") ? row.text("job") : row.text("at_s"),
    isRequest: !row.has("kind") || row.text("kind") === "get",
    client: known("client"),
    source: known("src"),
    at: row.notNegative("at_s"),
    bytes: row.notNegative("bytes"),
    seconds: row.positive("time_total_s"),
  };
}

function repeated(
  folder: string,
  testbed: Testbed,
  fetches: readonly Fetch[],
  causes: Causes | undefined,
): RedirectCases {
  const { simulated, naive } = predict(testbed, fetches.map(download), causes);
  const requests = [...fetches.keys()].filter((at) => fetches[at].isRequest);
  if (requests.length === 0) return { perScenario: [], perRequest: [] };
  const name = `${basename(folder)} rep ${fetches[0].repetition}`;
  const meanOf = (runs: Runs) => typical(runs, (run) => mean(requests, (at) => run[at][0]) ?? 0);
  return {
    perScenario: [
      {
        scenario: name,
        measured: mean(requests, (at) => fetches[at].seconds) ?? 0,
        simulated: meanOf(simulated),
        naive: meanOf(naive),
      },
    ],
    perRequest: requests.map((at) => ({
      scenario: `${name} request ${fetches[at].job}`,
      measured: fetches[at].seconds,
      simulated: typical(simulated, (run) => run[at][0]),
      naive: typical(naive, (run) => run[at][0]),
    })),
  };
}

/** A request that went to a volunteer was redirected there; a synchronisation asks its source. */
function download({ client, source, at, bytes, isRequest }: Fetch): Train {
  const isRedirected = isRequest && !SERVER.test(source);
  return {
    client,
    at,
    downloads: [{ source, bytes }],
    keepAlive: false,
    ...(isRedirected && { redirector: "srv" }),
  };
}

function testbedOf(spec: z.output<typeof scenario>): Testbed {
  const server = { up: capOf(spec.server_up), down: capOf(spec.server_down) };
  const customer = { up: capOf(spec.cust_up), down: capOf(spec.cust_down) };
  const volunteers = spec.vols.map(([up, down]) => ({ up: capOf(up), down: capOf(down) }));
  return {
    machine: (name) => {
      if (SERVER.test(name)) return server;
      const [, number] = VOLUNTEER.exec(name) ?? [];
      // Whoever is neither a server nor a volunteer is a customer.
      return number === undefined ? customer : (volunteers[Number(number)] ?? null);
    },
    known: `srv, v0 to v${volunteers.length - 1}, customers of any other name`,
    roundTrip: roundTripOf(spec),
    queuePackets: queueOf(spec),
    receiveWindow: null,
  };
}
