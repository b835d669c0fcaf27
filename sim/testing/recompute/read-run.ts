import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { type Cell, cells } from "../../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../../experiment/config/experiment.ts";
import { manifestOf } from "../../experiment/manifest.ts";
import type { Facts, RowsOfRun } from "./rows-of-run.ts";

/** One run of a folder of results. */
export interface RunInFolder {
  readonly cell: Cell;
  readonly replication: number;
  readonly facts: Facts;
  /** The metrics that the run tells, by name. */
  readonly told: Readonly<Record<string, number | null>>;
  rows(): Promise<RowsOfRun>;
}

/** The tables that metrics are recomputed from. */
const TABLES = [
  "runs",
  "requests",
  "attempts",
  "visits",
  "synchronisations",
  "fetches",
  "copies",
  "audits",
  "presence",
  "links",
] as const satisfies readonly (keyof RowsOfRun)[];

/**
 * The runs in `results/<experiment>/<run>/`, cell by cell.
 *
 * @throws Error when it has not all tables of rows as Parquet.
 */
export async function runsInFolder(folder: string): Promise<RunInFolder[]> {
  const missing = TABLES.filter((table) => !existsSync(join(folder, `${table}.parquet`)));
  if (missing.length > 0) {
    throw new Error(`${folder}: missing ${missing.join(", ")}; expected a run with --rows all`);
  }
  const { experiment } = manifestOf(readFileSync(join(folder, "manifest.json"), "utf8"));
  const tables = await Promise.all(TABLES.map((table) => openTable(folder, table, experiment)));
  const told = await toldIn(folder, experiment);
  return cells(experiment).flatMap((cell) => {
    const facts = factsOf(experiment, cell);
    const names = [...tables[0].ranges.keys()].filter((name) => name.startsWith(headOf(cell)));
    return names.map((name, replication) => ({
      ...{ cell, replication, facts, told: told.get(name) ?? {} },
      async rows() {
        const rows = tables.map(async (table, at) => [TABLES[at], await table.read(name)] as const);
        return Object.fromEntries(await Promise.all(rows)) as unknown as RowsOfRun;
      },
    }));
  });
}

/** The levels and policies of a cell as rows have them. */
function headOf({ levels, policy }: Cell): string {
  return `${JSON.stringify([...Object.values(levels), policy]).slice(0, -1)},`;
}

type Row = Readonly<Record<string, unknown>>;

/** A table, with where the rows of each run are: they follow each other. */
async function openTable(folder: string, table: string, experiment: Experiment) {
  const file = await asyncBufferFromFile(join(folder, `${table}.parquet`));
  const columns = [
    ...(experiment.vary?.axes ?? []).map(({ name }) => name),
    "policies",
    "replication",
  ];
  const ranges = new Map<string, { readonly start: number; readonly end: number }>();
  const heads = await parquetReadObjects({ file, columns });
  for (const [row, head] of heads.entries()) {
    const name = JSON.stringify(
      columns.map((column) =>
        column === "replication" ? Number(head[column]) : `${head[column]}`,
      ),
    );
    ranges.set(name, { start: ranges.get(name)?.start ?? row, end: row + 1 });
  }
  const read = async (name: string): Promise<Row[]> => {
    const range = ranges.get(name);
    if (range === undefined) return [];
    return parquetReadObjects({ file, rowStart: range.start, rowEnd: range.end });
  };
  return { ranges, read };
}

/** The metrics of each run, by the name of the run. */
async function toldIn(folder: string, experiment: Experiment) {
  const table = await openTable(folder, "replications", experiment);
  const told = new Map<string, Record<string, number | null>>();
  for (const name of table.ranges.keys()) {
    const rows = await table.read(name);
    const values = rows.map(({ metric, value }) => [metric, value ?? null]);
    told.set(name, Object.fromEntries(values) as Record<string, number | null>);
  }
  return told;
}

function factsOf(experiment: Experiment, { variant }: Cell): Facts {
  const { system } = variantsOf(experiment)[variant];
  const { from, horizon, bin } = experiment.measure;
  return {
    ...{ from, horizon, bin },
    serverPrice: system.server.price,
    customerPrice: system.customers.uploads?.price ?? 0,
    volunteers: system.volunteers.flatMap(({ count, uplink, price }) =>
      Array.from({ length: count }, () => ({ uplink, price })),
    ),
  };
}
