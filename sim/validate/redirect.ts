/**
 * Experiment D: a server that redirects customers to volunteers, some of which synchronise meanwhile.
 *
 * Replayed with the sources that the real server chose, so that only the network is judged. A case is
 * the mean time of a repetition's requests, or one request of a repetition.
 */
import { basename } from "node:path";
import { group, mean } from "d3-array";
import { z } from "zod";
import { InputError } from "../engine/input-error.ts";
import type { Causes } from "../network/causes.ts";
import { type Row, readRows, readScenario } from "./folder.ts";
import type { Case } from "./measure.ts";
import { predict, type Runs, typical } from "./prediction.ts";
import type { Train } from "./replay.ts";
import { capOf, type Machine, QUEUE_PACKETS, type Testbed } from "./testbed.ts";

const SERVER = "srv";

const megabits = z.number().positive();

const scenario = z.object({
  /** Up and down cap of each volunteer. */
  vols: z.array(z.tuple([megabits, megabits])),
  server_up: megabits,
  server_down: megabits.nullish(),
  cust_up: megabits.nullish(),
  cust_down: megabits.nullish(),
  rtt_ms_no_queue: z.number().positive(),
  queue_packets: z.number().positive().default(QUEUE_PACKETS),
});

export interface RedirectCases {
  readonly perScenario: readonly Case[];
  readonly perRequest: readonly Case[];
}

export function redirect(folder: string, causes?: Causes): RedirectCases {
  const testbed = testbedOf(folder, readScenario(folder, scenario));
  const rows = readRows(folder, "outcomes.csv").filter((row) => row.text("rc") === "0");
  const repetitions = [...group(rows, (row) => row.text("rep")).values()];
  const cases = repetitions.map((repetition) => repeated(folder, testbed, repetition, causes));
  return {
    perScenario: cases.flatMap(({ perScenario }) => perScenario),
    perRequest: cases.flatMap(({ perRequest }) => perRequest),
  };
}

function repeated(
  folder: string,
  testbed: Testbed,
  rows: readonly Row[],
  causes: Causes | undefined,
): RedirectCases {
  const { simulated, naive } = predict(testbed, rows.map(download), causes);
  const requests = [...rows.keys()].filter((at) => rows[at].text("kind") === "get");
  if (requests.length === 0) return { perScenario: [], perRequest: [] };
  const name = `${basename(folder)} rep ${rows[0].text("rep")}`;
  const meanOf = (runs: Runs) => typical(runs, (run) => mean(requests, (at) => run[at][0]) ?? 0);
  return {
    perScenario: [
      {
        scenario: name,
        measured: mean(requests, (at) => rows[at].number("time_total_s")) ?? 0,
        simulated: meanOf(simulated),
        naive: meanOf(naive),
      },
    ],
    perRequest: requests.map((at) => ({
      scenario: `${name} request ${rows[at].text("job")}`,
      measured: rows[at].number("time_total_s"),
      simulated: typical(simulated, (run) => run[at][0]),
      naive: typical(naive, (run) => run[at][0]),
    })),
  };
}

/** A request, or a synchronisation, which asks its source directly. */
function download(row: Row): Train {
  const source = row.text("src");
  const isRedirected = row.text("kind") === "get" && source !== SERVER;
  return {
    client: row.text("client"),
    at: row.number("at_s"),
    downloads: [{ source, bytes: row.number("bytes") }],
    keepAlive: false,
    ...(isRedirected && { redirector: SERVER }),
  };
}

function testbedOf(folder: string, spec: z.output<typeof scenario>): Testbed {
  const server = { up: capOf(spec.server_up), down: capOf(spec.server_down) };
  const customer = { up: capOf(spec.cust_up), down: capOf(spec.cust_down) };
  const volunteers = spec.vols.map(([up, down]) => ({ up: capOf(up), down: capOf(down) }));
  return {
    machine: (name): Machine => {
      if (name === SERVER) return server;
      if (/^c\d+$/.test(name)) return customer;
      const volunteer = /^v\d+$/.test(name) ? volunteers[Number(name.slice(1))] : undefined;
      if (volunteer !== undefined) return volunteer;
      throw new InputError([
        `${folder}: unknown machine: ${name}; known: srv, c0 and on, v0 to v${volunteers.length - 1}`,
      ]);
    },
    roundTrip: spec.rtt_ms_no_queue / 1000,
    queuePackets: spec.queue_packets,
    receiveWindow: null,
  };
}
