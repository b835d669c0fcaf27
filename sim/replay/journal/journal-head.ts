import {
  type ChosenPolicies,
  type JournalHead,
  type OwnMembers,
  withAllParams,
} from "../../coordinator/index.ts";
import { type Cell, cells } from "../../experiment/config/cells.ts";
import { HOST, type PolicyFamily, variantsOf } from "../../experiment/config/experiment.ts";
import { version } from "../../experiment/manifest.ts";
import { coordinatorSettings } from "../../model/redirectors.ts";
import type { Run } from "../../model/simulation.ts";
import type { CellRun } from "../../runner/cell-run.ts";
import { replicationSeed } from "../../runner/replication.ts";
import type { OwnFiles } from "./own-members.ts";

/** What the host of a simulated run writes of itself into its journal. */
export interface SimulatedHost {
  readonly mirrorlab: string;
  readonly experiment: string;
  /** The label of the cell. */
  readonly run: string;
  readonly replication: number;
  readonly own: OwnFiles;
}

/** The files of the user's own policies that the run's coordinator has. */
export function ownFilesOf({ experiment, cell }: CellRun): OwnFiles {
  const { dispatch, replication, trust, sync, variant } = cells(experiment)[cell];
  const { successors = [] } = variantsOf(experiment)[variant];
  const files = [dispatch, ...successors].map((choice) => choice?.own ?? {});
  const decide = Object.assign({}, ...files) as NonNullable<OwnFiles["dispatch"]>;
  return {
    ...(Object.keys(decide).length > 0 && { dispatch: decide }),
    ...(replication.own !== undefined && { replication: replication.own }),
    ...(trust.own !== undefined && { trust: trust.own }),
    ...(sync.own !== undefined && { sync: sync.own }),
  };
}

/** The head of the journal of a run, by which a replay makes the same coordinator. */
export function journalHead(of: CellRun, { system }: Run, own: OwnMembers): JournalHead {
  const { experiment, replication } = of;
  const cell = cells(experiment)[of.cell];
  const host: SimulatedHost = {
    mirrorlab: version(),
    experiment: experiment.name,
    run: cell.label,
    replication,
    own: ownFilesOf(of),
  };
  return {
    seed: replicationSeed(experiment, replication),
    settings: coordinatorSettings(system),
    policies: withAllParams(chosenIn(cell), own),
    snapshot: null,
    host: { ...host },
  };
}

function chosenIn(cell: Cell): ChosenPolicies {
  const choice = (family: PolicyFamily) => ({
    name: cell[family].name,
    params: cell[family].params,
  });
  return {
    dispatch: choice("dispatch"),
    replication: choice("replication"),
    trust: cell.trust.name === "none" ? null : choice("trust"),
    sync: cell.sync.name === HOST ? null : choice("sync"),
  };
}
