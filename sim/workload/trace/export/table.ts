import { type AccessTrace, FILE_KINDS, type SyncTrace, type Trace } from "../trace.ts";

/** A trace as other tools read it: one row a request or synchronisation, with all that is known. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

export type TableColumn =
  | { readonly name: string; readonly type: "text"; readonly at: (row: number) => string }
  /** An integer; null where there is none. */
  | { readonly name: string; readonly type: "integer"; readonly at: (row: number) => number }
  | { readonly name: string; readonly type: "number"; readonly at: (row: number) => number | null };

/** Times are `unix_time`, or `time` since the window's start where no epoch is known. */
export function tableOf(trace: Trace): Table {
  return trace.kind === "access" ? accessTable(trace) : syncTable(trace);
}

function accessTable({ catalogue, requests, customers, epoch }: AccessTrace): Table {
  const { file } = requests;
  const { packageOf, packages, distributionOf, distributions, release } = catalogue;
  const columns: TableColumn[] = [
    timeColumn(requests.time, epoch),
    text("customer", (row) => customers.at(requests.customer[row])),
    text("path", (row) => catalogue.path(file[row])),
    integer("bytes", (row) => requests.bytes[row]),
    integer("size", (row) => catalogue.size[file[row]]),
    integer("digest", (row) => catalogue.digest[file[row]]),
    text("kind", (row) => FILE_KINDS[catalogue.kind[file[row]]]),
  ];
  if (requests.visit.length > 0) columns.push(integer("visit", (row) => requests.visit[row]));
  if (requests.status.length > 0) columns.push(integer("status", (row) => requests.status[row]));
  if (packageOf.length > 0)
    columns.push(text("package", (row) => packages.at(packageOf[file[row]])));
  if (distributionOf.length > 0) {
    columns.push(text("distribution", (row) => distributions.at(distributionOf[file[row]])));
  }
  if (release.some(Number.isFinite)) {
    columns.push({
      name: "release",
      type: "number",
      at: (row) => (Number.isFinite(release[file[row]]) ? release[file[row]] + (epoch ?? 0) : null),
    });
  }
  return { rows: requests.requests, columns };
}

function syncTable({ syncs, time, node, nodes, files, bytes, duration, epoch }: SyncTrace): Table {
  return {
    rows: syncs,
    columns: [
      timeColumn(time, epoch),
      text("node", (row) => nodes.at(node[row])),
      integer("files", (row) => files[row]),
      integer("bytes", (row) => bytes[row]),
      { name: "duration", type: "number", at: (row) => duration[row] },
    ],
  };
}

function timeColumn(time: Float64Array, epoch: number | null): TableColumn {
  const name = epoch === null ? "time" : "unix_time";
  return { name, type: "number", at: (row) => time[row] + (epoch ?? 0) };
}

function text(name: string, at: (row: number) => string): TableColumn {
  return { name, type: "text", at };
}

function integer(name: string, at: (row: number) => number): TableColumn {
  return { name, type: "integer", at };
}
