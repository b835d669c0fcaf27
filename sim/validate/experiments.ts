import type { Causes } from "../network/causes.ts";
import type { MeasureName } from "./aims.ts";
import { chunkFetch } from "./chunk-fetch.ts";
import { BULK, httpSharing } from "./http-sharing.ts";
import type { Case } from "./measure.ts";
import { redirect } from "./redirect.ts";
import { rsyncBytes, rsyncTime } from "./rsync.ts";
import { swarmCases } from "./swarm.ts";

/** What a scenario says for each measure that it counts for. */
export type Findings = Partial<Record<MeasureName, readonly Case[]>>;

/** Replays one scenario, given by its folder, with the causes that are not left out. */
export type Experiment = (folder: string, causes: Causes) => Findings;

/** Seconds of round trip from which small files wait for the distance and not for the machine. */
const FAR = 0.01;

/** The experiments by the letter that their folders begin with. */
export const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  A: (folder, causes) => {
    const cases = httpSharing(folder, causes);
    return {
      "A.bulk": cases.filter(({ bytes }) => bytes >= BULK),
      "A.small": cases.filter(({ bytes, roundTrip }) => bytes < BULK && roundTrip >= FAR),
      "A.all": cases,
    };
  },
  B: (folder, causes) => ({
    "B.bytes": rsyncBytes(folder),
    "B.time": rsyncTime(folder, causes),
  }),
  C: (folder) => {
    const { finish, serverBytes } = swarmCases(folder);
    return { "C.finish": finish, "C.serverBytes": serverBytes };
  },
  D: (folder, causes) => {
    const { perScenario, perRequest } = redirect(folder, causes);
    return { "D.scenario": perScenario, "D.request": perRequest };
  },
  E: (folder, causes) => ({ "E.rate": chunkFetch(folder, causes) }),
};

/** The experiments whose predictions the causes of the network model enter. */
export const DEPENDS_ON_CAUSES: readonly string[] = ["A", "B", "D", "E"];
