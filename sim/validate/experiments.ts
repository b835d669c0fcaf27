import type { Causes } from "../network/http/causes.ts";
import type { MeasureName } from "./aims.ts";
import { chunkFetch } from "./chunk-fetch.ts";
import type { Tell } from "./folder.ts";
import { BULK, httpSharing } from "./http-sharing.ts";
import type { Case } from "./measure.ts";
import { redirect } from "./redirect.ts";
import { rsyncCases } from "./rsync.ts";
import { swarmCases } from "./swarm.ts";

/** What a scenario says for each measure that it counts for. */
export type Findings = Partial<Record<MeasureName, readonly Case[]>>;

/**
 * Replays one scenario, given by its folder, with the causes that are not left out. Rows that cannot
 * be read are told of, and the others count.
 */
export type Experiment = (folder: string, causes: Causes, tell: Tell) => Findings;

/** Seconds of round trip from which small files wait for the distance and not for the machine. */
const FAR = 0.01;

/** The experiments by the letter that their folders begin with. */
export const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  A: (folder, causes, tell) => {
    const cases = httpSharing(folder, causes, tell);
    return {
      "A.bulk": cases.filter(({ bytes }) => bytes >= BULK),
      "A.small": cases.filter(({ bytes, roundTrip }) => bytes < BULK && roundTrip >= FAR),
      "A.all": cases,
    };
  },
  B: (folder, causes, tell) => {
    const { bytes, time } = rsyncCases(folder, causes, tell);
    return { "B.bytes": bytes, "B.time": time };
  },
  C: (folder, _causes, tell) => {
    const { finish, serverBytes } = swarmCases(folder, tell);
    return { "C.finish": finish, "C.serverBytes": serverBytes };
  },
  D: (folder, causes, tell) => {
    const { perScenario, perRequest } = redirect(folder, causes, tell);
    return { "D.scenario": perScenario, "D.request": perRequest };
  },
  E: (folder, causes, tell) => ({ "E.rate": chunkFetch(folder, causes, tell) }),
};

/** The experiments whose predictions the causes of the network model enter. */
export const DEPENDS_ON_CAUSES: readonly string[] = ["A", "B", "D", "E"];
