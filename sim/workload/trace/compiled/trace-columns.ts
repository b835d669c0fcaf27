/** Which columns a trace has in a compiled file. Reading is in `trace-of.ts`. */
import { compactNames } from "../names.ts";
import type { AccessTrace, NameList, SyncTrace, Trace } from "../trace.ts";
import type { NamedColumn, Values } from "./layout.ts";

export function columnsOf(trace: Trace): readonly NamedColumn[] {
  return trace.kind === "access" ? accessColumns(trace) : syncColumns(trace);
}

function accessColumns({ catalogue, requests, customers }: AccessTrace): NamedColumn[] {
  const { files } = catalogue;
  return [
    ...names("catalogue.path", { length: files, at: (file) => catalogue.path(file) }),
    column("catalogue.size", catalogue.size, files),
    column("catalogue.digest", catalogue.digest, files),
    column("catalogue.release", catalogue.release, files),
    column("catalogue.kind", catalogue.kind, files),
    column("catalogue.packageOf", catalogue.packageOf, files),
    column("catalogue.distributionOf", catalogue.distributionOf, files),
    ...names("catalogue.packages", catalogue.packages),
    ...names("catalogue.distributions", catalogue.distributions),
    column("requests.time", requests.time, requests.requests),
    column("requests.customer", requests.customer, requests.requests),
    column("requests.file", requests.file, requests.requests),
    column("requests.bytes", requests.bytes, requests.requests),
    column("requests.status", requests.status, requests.requests),
    ...visits(requests),
    ...names("customers", customers),
  ];
}

function syncColumns({ syncs, time, node, files, bytes, duration, nodes }: SyncTrace) {
  return [
    column("syncs.time", time, syncs),
    column("syncs.node", node, syncs),
    column("syncs.files", files, syncs),
    column("syncs.bytes", bytes, syncs),
    column("syncs.duration", duration, syncs),
    ...names("nodes", nodes),
  ];
}

/** Where the trace does not tell them, a file has no such column, as before there was one. */
function visits({ visit, requests }: AccessTrace["requests"]): NamedColumn[] {
  return visit.length === 0 ? [] : [column("requests.visit", visit, requests)];
}

/** A trace may use the first of its values only, as a trace that was cut does. */
function column(name: string, values: Values, rows: number): NamedColumn {
  return { name, values: values.subarray(0, rows) };
}

function names(name: string, list: NameList): NamedColumn[] {
  const { offsets, utf8 } = compactNames(list);
  return [
    { name: `${name}.offsets`, values: offsets },
    { name: `${name}.utf8`, values: utf8 },
  ];
}
