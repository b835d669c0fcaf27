import { InputError } from "../../../engine/input-error.ts";
import { CompactNames } from "../names.ts";
import { type AccessTrace, FILE_KINDS, type SyncTrace, type Trace } from "../trace.ts";
import type { Header, Values } from "./layout.ts";

/** The columns of the compiled file at `path`, by name. */
export type Columns = ReadonlyMap<string, Values>;

/**
 * The trace that has these columns.
 *
 * @throws InputError where columns are missing or do not fit each other: what a checksum cannot
 *   tell, since another program may have written it.
 */
export function traceOf(path: string, header: Header, columns: Columns): Trace {
  const reader = new ColumnReader(path, columns);
  return header.kind === "access" ? accessTrace(reader, header) : syncTrace(reader, header);
}

function accessTrace(reader: ColumnReader, { window, epoch }: Header): AccessTrace {
  const paths = reader.names("catalogue.path");
  const customers = reader.names("customers");
  const packages = reader.names("catalogue.packages");
  const distributions = reader.names("catalogue.distributions");
  const files = paths.length;
  const time = reader.column("requests.time", Float64Array);
  const requests = time.length;
  const customer = reader.indices("requests.customer", Uint32Array, requests, customers.length);
  return {
    kind: "access",
    catalogue: {
      files,
      size: reader.column("catalogue.size", Float64Array, files),
      digest: reader.column("catalogue.digest", Uint32Array, files),
      release: reader.column("catalogue.release", Float64Array, files),
      path: (file) => paths.at(file),
      kind: reader.indices("catalogue.kind", Uint8Array, files, FILE_KINDS.length),
      packageOf: reader.indicesIfAny("catalogue.packageOf", Uint32Array, files, packages.length),
      distributionOf: reader.indicesIfAny(
        "catalogue.distributionOf",
        Uint16Array,
        files,
        distributions.length,
      ),
      packages,
      distributions,
    },
    requests: {
      requests,
      time,
      customer,
      file: reader.indices("requests.file", Uint32Array, requests, files),
      bytes: reader.column("requests.bytes", Float64Array, requests),
      visit: reader.visits("requests.visit", customer),
      status: reader.columnIfAny("requests.status", Uint16Array, requests),
    },
    customers,
    window,
    epoch,
  };
}

function syncTrace(reader: ColumnReader, { window, epoch }: Header): SyncTrace {
  const nodes = reader.names("nodes");
  const time = reader.column("syncs.time", Float64Array);
  const syncs = time.length;
  return {
    kind: "sync",
    syncs,
    time,
    node: reader.indices("syncs.node", Uint32Array, syncs, nodes.length),
    files: reader.column("syncs.files", Uint32Array, syncs),
    bytes: reader.column("syncs.bytes", Float64Array, syncs),
    duration: reader.column("syncs.duration", Float64Array, syncs),
    nodes,
    window,
    epoch,
  };
}

type ValuesClass<Column extends Values> = { readonly name: string } & (new () => Column);

/** Gives columns by name and type, and throws an InputError where one is not as it must be. */
class ColumnReader {
  readonly #path: string;
  readonly #columns: Columns;

  constructor(path: string, columns: Columns) {
    this.#path = path;
    this.#columns = columns;
  }

  column<Column extends Values>(
    name: string,
    type: ValuesClass<Column>,
    length: number | null = null,
  ): Column {
    const values = this.#columns.get(name);
    if (values === undefined) throw this.#wrong(`missing column: ${name}`);
    if (!(values instanceof type)) {
      throw this.#wrong(`column ${name}: expected ${type.name}; got ${values.constructor.name}`);
    }
    if (length !== null && values.length !== length) {
      throw this.#wrong(`column ${name}: expected ${length} values; got ${values.length}`);
    }
    return values;
  }

  /** As `column`, or empty. */
  columnIfAny<Column extends Values>(name: string, type: ValuesClass<Column>, length: number) {
    const values = this.column(name, type);
    return values.length === 0 ? values : this.column(name, type, length);
  }

  /** A column of indices below `limit`. */
  indices<Column extends Values>(
    name: string,
    type: ValuesClass<Column>,
    length: number,
    limit: number,
  ): Column {
    const values = this.column(name, type, length);
    const largest = largestOf(values);
    if (largest >= limit) {
      throw this.#wrong(`column ${name}: expected numbers below ${limit}; got ${largest}`);
    }
    return values;
  }

  /** As `indices`, or empty. */
  indicesIfAny<Column extends Values>(
    name: string,
    type: ValuesClass<Column>,
    length: number,
    limit: number,
  ): Column {
    const values = this.column(name, type);
    return values.length === 0 ? values : this.indices(name, type, length, limit);
  }

  /** Visits of these customers, numbered by their first requests; empty where there is no column. */
  visits(name: string, customer: Uint32Array): Uint32Array {
    if (!this.#columns.has(name)) return new Uint32Array(0);
    const values = this.column(name, Uint32Array, customer.length);
    const firstRequest = new Uint32Array(values.length);
    let visits = 0;
    for (let request = 0; request < values.length; request++) {
      const visit = values[request];
      if (visit > visits) {
        throw this.#wrong(
          `column ${name}: expected numbers by first requests, here at most ${visits}; got ${visit}`,
        );
      }
      if (visit === visits) firstRequest[visits++] = request;
      const [one, other] = [customer[firstRequest[visit]], customer[request]];
      if (one !== other) {
        throw this.#wrong(
          `column ${name}: expected one customer of visit ${visit}; got ${one} and ${other}`,
        );
      }
    }
    return values;
  }

  names(name: string): CompactNames {
    const offsets = this.column(`${name}.offsets`, Uint32Array);
    const utf8 = this.column(`${name}.utf8`, Uint8Array);
    const isRising = offsets.every((offset, index) => index === 0 || offset >= offsets[index - 1]);
    if (offsets[0] !== 0 || !isRising || offsets[offsets.length - 1] !== utf8.length) {
      throw this.#wrong(`column ${name}: expected offsets rising from 0 to ${utf8.length}`);
    }
    return new CompactNames(offsets, utf8);
  }

  #wrong(problem: string): InputError {
    return new InputError([`${this.#path}: ${problem}`]);
  }
}

function largestOf(values: Values): number {
  let largest = -1;
  for (let index = 0; index < values.length; index++) {
    if (values[index] > largest) largest = values[index];
  }
  return largest;
}
