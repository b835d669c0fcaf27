import { randomInt } from "node:crypto";
import type { Coordinator } from "../../coordinator/index.ts";
import { version } from "../../experiment/manifest.ts";
import type { ServerConfig } from "../config/server-config.ts";
import { decidesBy, ownFilesOf } from "../deciding.ts";
import { JournalStore } from "../journal/journal-store.ts";
import { type Restored, restore } from "../journal/restore.ts";
import { HostClock } from "./host-clock.ts";
import {
  type CatalogueMark,
  type KeptHost,
  RestoredHost,
  type RestoredParts,
} from "./restored-host.ts";

/** Seconds between two attempts to record again where nothing could be written. */
const RETRY_EVERY = 5;

export interface RecoverParts extends Pick<RestoredParts, "names" | "pathOf"> {
  readonly config: ServerConfig;
  /** The folder of the journal. */
  readonly folder: string;
  readonly desk: RestoredParts["desk"] & { save(): unknown };
}

/** What the server knew when it wrote last, and where it goes on writing. */
export interface Recovered {
  readonly coordinator: Coordinator;
  readonly clock: HostClock;
  readonly store: JournalStore;
  /** Null at the first start. */
  readonly restored: Restored | null;
  /** Up to where the coordinator has been told of the catalogue; changed as it is told. */
  readonly told: { catalogue: CatalogueMark };
}

/** @throws InputError where there are journals and none of them can be gone on from. */
export function recover({ config, folder, names, desk, pathOf }: RecoverParts): Recovered {
  const wanted = decidesBy(config);
  // What is told again stands there already.
  let written: JournalStore | null = null;
  const kept = new RestoredHost({
    ...{ wanted, own: config.own, names, desk, pathOf },
    onEvent: (event) => written?.write(event),
  });
  const restored = restore(folder, kept);
  const seed = `${config.seed ?? randomInt(2 ** 32)}`;
  const deciding = restored?.deciding ?? { ...wanted, seed };
  const coordinator = restored?.coordinator ?? kept.make(deciding);
  const clock = new HostClock(kept.epoch, Math.max(0, coordinator.now));
  const told = { catalogue: kept.catalogue };
  const { retention, rotate, every } = config.state;
  const store = new JournalStore({
    ...{ folder, retention, deciding },
    ...{ rotateBytes: rotate, rotateEvery: every, retryEvery: RETRY_EVERY },
    facts: () => ({ mirrorlab: version(), epoch: clock.epoch, own: ownFilesOf(config) }),
    save: () => {
      const host: KeptHost = {
        ...{
          epoch: clock.epoch,
          catalogue: told.catalogue,
          names: names.save(),
          desk: desk.save(),
        },
      };
      return { coordinator: coordinator.save(), host };
    },
  });
  written = store;
  return { coordinator, clock, store, restored, told };
}
