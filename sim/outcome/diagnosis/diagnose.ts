import type { Note } from "../note.ts";
import { backlogAtEnd } from "./backlog.ts";
import { beforeAnnounces } from "./before-announces.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Evidence } from "./evidence.ts";
import { failures } from "./failures.ts";
import { fewVisits } from "./few-visits.ts";
import { horizonBinds } from "./horizon.ts";
import { idleLinks } from "./idle-links.ts";
import { neverSynchronised } from "./never-synchronised.ts";
import { noHolder } from "./no-holder.ts";
import { oneCustomer } from "./one-customer.ts";
import { oneMoment } from "./one-moment.ts";
import { oracle } from "./oracle.ts";
import { preloaded } from "./preloaded.ts";
import { rarelyAble } from "./rarely-able.ts";
import { sameRequests } from "./same-requests.ts";
import { serverAlone } from "./server-alone.ts";
import { shortWindow } from "./short-window.ts";
import { weakVolunteers } from "./weak-volunteers.ts";

/** Every diagnosis, in the order in which they are told: what spoils results most comes first. */
export const DIAGNOSES: readonly Diagnosis[] = [
  oracle,
  oneCustomer,
  oneMoment,
  noHolder,
  neverSynchronised,
  shortWindow,
  rarelyAble,
  serverAlone,
  weakVolunteers,
  preloaded,
  idleLinks,
  failures,
  horizonBinds,
  backlogAtEnd,
  beforeAnnounces,
  fewVisits,
  sameRequests,
];

/** All that is to be said of an experiment's results. */
export function diagnose(evidence: Evidence): Note[] {
  return DIAGNOSES.flatMap(({ id, find }) => {
    const text = find(evidence);
    return text === null ? [] : [{ id, text }];
  });
}
