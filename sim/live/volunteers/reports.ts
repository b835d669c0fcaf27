import type { FileSet, Offer, Receipt, Report, SyncLook } from "../../coordinator/index.ts";
import { coveredFiles, filesOf, heldFiles } from "./holdings.ts";
import type { Announce, Registration } from "./protocol/schemas.ts";
import type { ChangingCatalogue, KnownVolunteer, VolunteerHost } from "./volunteer-host.ts";

/** An announce in the coordinator's words. */
export interface Heard {
  readonly report: Report;
  /** Paths that the repository does not have. */
  readonly unknown: number;
}

/** What an announce says; or all that is wrong with it. */
export function reportOf(
  announce: Announce,
  host: Pick<VolunteerHost, "customerOf">,
  catalogue: ChangingCatalogue,
  now: number,
): Heard | string[] {
  let unknown = 0;
  const onUnknown = () => {
    unknown++;
  };
  const { uploaded, downloaded, left, started = false, active, receipts } = announce;
  let holds: FileSet | undefined;
  if (announce.holds !== undefined) {
    const held = heldFiles(announce.holds, catalogue, onUnknown);
    if (typeof held === "string") return [held];
    holds = held;
  }
  const report: Report = {
    ...{ uploaded, downloaded, left, started },
    completed: filesOf(announce.completed ?? [], catalogue, onUnknown),
    dropped: filesOf(announce.dropped ?? [], catalogue, onUnknown),
    ...(holds !== undefined && { holds }),
    ...(active !== undefined && { active }),
    ...(receipts !== undefined && {
      receipts: receiptsOf(receipts, host, catalogue, now, onUnknown),
    }),
  };
  return { report, unknown };
}

function receiptsOf(
  lines: NonNullable<Announce["receipts"]>,
  host: Pick<VolunteerHost, "customerOf">,
  catalogue: ChangingCatalogue,
  now: number,
  onUnknown: () => void,
): Receipt[] {
  const receipts = lines.flatMap(({ address, agent, path, bytes, ago }) => {
    const file = catalogue.find(path);
    if (file < 0) {
      onUnknown();
      return [];
    }
    const customer = host.customerOf(address, agent);
    const sent = Math.min(bytes, catalogue.size(file)); // Logs count headers too.
    return [{ customer, file, bytes: sent, endedAt: now - ago }];
  });
  return receipts.sort((a, b) => a.endedAt - b.endedAt);
}

/** What a volunteer offers, in the coordinator's words, with what its operator has said of it. */
export function offerOf(
  registration: Registration,
  known: KnownVolunteer,
  bases: readonly string[],
  catalogue: ChangingCatalogue,
): Offer {
  const {
    uplink,
    shared,
    disk,
    caches,
    covers,
    volatile: comesAndGoes,
    availability,
  } = registration;
  const { ipv4 = true, ipv6 = false } = registration;
  return {
    uplink: Math.min(uplink, known.uplink ?? uplink),
    reach: { https: bases.some((base) => base.startsWith("https:")), ipv4, ipv6 },
    ...(known.facts !== undefined && { facts: known.facts }),
    ...(covers !== undefined && { covers: coveredFiles(covers, catalogue) }),
    ...(shared !== undefined && { shared }),
    ...(disk !== undefined && { disk }),
    ...(caches !== undefined && { caches }),
    ...(comesAndGoes !== undefined && { volatile: comesAndGoes }),
    ...(availability !== undefined && { availability }),
  };
}

/** How a volunteer that synchronises, or waits for it, sees itself; `wall`: milliseconds since 1970. */
export function lookOf(
  synchronisation: NonNullable<Announce["synchronisation"]>,
  now: number,
  wall: number,
): SyncLook {
  const { pendingFiles, pendingBytes, releasedAt, capacity, delivering } = synchronisation;
  const ago = releasedAt === undefined ? Number.POSITIVE_INFINITY : wall / 1000 - releasedAt;
  return {
    ...{ pendingFiles, pendingBytes, capacity, delivering },
    releasedAt: now - Math.max(0, ago),
  };
}
