import type { Engine } from "../engine/engine.ts";
import type { Http, Reply, TransferId } from "../network/http/http.ts";
import type { Workload } from "../workload/workload.ts";
import { Connections } from "./connections.ts";
import type { Customers } from "./customers.ts";
import { type AttemptEnd, type RequestEnd, SERVER_NODE } from "./events.ts";
import { NO_TRANSFER, type OpenRequests } from "./open-requests.ts";
import type { Sources } from "./sources.ts";
import type { CustomerLine, Topology } from "./topology.ts";
import type { Treatment } from "./volunteers.ts";

/** What sources do with requests, by their numbers in a column. */
const TREATMENTS: readonly Treatment[] = ["honest", "corrupt", "truncate"];
const CORRUPT = TREATMENTS.indexOf("corrupt");
const TRUNCATE = TREATMENTS.indexOf("truncate");

/** Part of a file that arrives before a volunteer cuts it short. */
const CUT_SHARE = 0.5;

/** Told how attempts went, and how those ended that were not stopped, after `sent` bytes. */
export interface DownloadsHost {
  /** The first byte is about to come. */
  serving(request: number): void;
  /** The customer has taken what came. */
  delivered(request: number, sent: number, end: RequestEnd): void;
  failed(request: number, how: AttemptEnd, sent: number): void;
}

/** Told of every transfer from the redirect on, until nothing of it is in flight any more. */
export interface TransferWatcher {
  started(node: number, transfer: TransferId): void;
  over(node: number, transfer: TransferId): void;
}

/** Customers' tools fetch whole files from one source each and check their digests. */
export class Downloads {
  readonly #engine: Engine;
  readonly #http: Http;
  readonly #topology: Topology;
  readonly #sources: Sources;
  readonly #workload: Workload;
  readonly #lines: readonly CustomerLine[];
  readonly #open: OpenRequests;
  readonly #connections: Connections;
  readonly #purpose: number;
  readonly #watchers: TransferWatcher[] = [];
  #host: DownloadsHost = { serving() {}, delivered() {}, failed() {} };

  constructor(
    engine: Engine,
    http: Http,
    topology: Topology,
    customers: Customers,
    sources: Sources,
  ) {
    this.#engine = engine;
    this.#http = http;
    this.#topology = topology;
    this.#sources = sources;
    this.#workload = customers.workload;
    this.#lines = customers.lines;
    this.#open = customers.open;
    this.#connections = new Connections(customers.spec.keepAlive);
    this.#purpose = http.purpose(
      (request) => this.#finish(request),
      (request) => this.#serves(request),
    );
    sources.serve({
      broken: (request) => this.#host.failed(request, "gone", this.stop(request)),
      ready: (request) => {
        this.#host.serving(request);
        http.resume(this.#open.transfer[this.#open.at(request)]);
      },
    });
  }

  /** Who is told how attempts ended. */
  serve(host: DownloadsHost): void {
    this.#host = host;
  }

  whenFetching(watcher: TransferWatcher): void {
    this.#watchers.push(watcher);
  }

  /** The customer asks the node, by way of the server's redirect if that is another. */
  start(request: number, node: number): TransferId {
    const { trace } = this.#workload;
    const customer = trace.customer[request];
    const at = this.#open.at(request);
    this.#open.node[at] = node;
    const treatment = this.#sources.treat(node, trace.file[request]);
    this.#open.treatment[at] = TREATMENTS.indexOf(treatment);
    const isDirect = node === SERVER_NODE;
    // A plain record: this is done for each of millions of requests.
    const transfer = this.#http.start({
      route: this.#topology.delivery(node, customer),
      bytes: this.#bytesToCome(request, at),
      redirector: isDirect ? undefined : this.#topology.delivery(SERVER_NODE, customer),
      cap: isDirect ? undefined : this.#sources.capOf(node),
      connection: this.#connections.of(customer, node, this.#engine.now),
      receiveWindow: this.#lines[customer].receiveWindow,
      purpose: this.#purpose,
      owner: request,
    });
    this.#open.transfer[at] = transfer;
    for (const watcher of this.#watchers) watcher.started(node, transfer);
    return transfer;
  }

  /** Ends the transfer of a request early, if there is one; returns the bytes that had come. */
  stop(request: number): number {
    const at = this.#open.at(request);
    const transfer = this.#open.transfer[at];
    if (transfer === NO_TRANSFER) return 0;
    const sent = this.#bytesToCome(request, at) - this.#http.abort(transfer);
    this.#stopSending(request, at, sent);
    return sent;
  }

  /** Bytes that the source will send: all, or less where it cuts the file short. */
  #bytesToCome(request: number, at: number): number {
    const share = this.#open.treatment[at] === TRUNCATE ? CUT_SHARE : 1;
    return share * this.#workload.trace.bytes[request];
  }

  /** The request has reached its source. */
  #serves(request: number): Reply {
    const at = this.#open.at(request);
    const node = this.#open.node[at];
    const answer = this.#sources.answer(node, request, this.#workload.trace.file[request]);
    if (answer === "refuses" || answer === "is gone") {
      this.#over(at);
      this.#host.failed(request, answer === "refuses" ? "missing" : "gone", 0);
      return "refuses";
    }
    this.#sources.begin(node, request);
    this.#open.isSent[at] = 1;
    if (answer === "serves") this.#host.serving(request);
    return answer;
  }

  #finish(request: number): void {
    const at = this.#open.at(request);
    const { trace, catalogue } = this.#workload;
    const bytes = this.#bytesToCome(request, at);
    const treatment = this.#open.treatment[at];
    this.#stopSending(request, at, bytes);
    if (treatment === TRUNCATE) {
      this.#host.failed(request, "cut-short", bytes);
      return;
    }
    const authentic = catalogue.digest[trace.file[request]];
    const received = treatment === CORRUPT ? ~authentic : authentic;
    if (!digestMatches(received, authentic)) {
      this.#host.failed(request, "wrong-digest", bytes);
      return;
    }
    this.#sources.delivered(trace.customer[request], trace.file[request]);
    this.#host.delivered(request, bytes, received === authentic ? "served" : "deceived");
  }

  /** The request's source sends no more of it, after so many bytes. */
  #stopSending(request: number, at: number, bytes: number): void {
    this.#over(at);
    if (this.#open.isSent[at] === 0) return;
    this.#open.isSent[at] = 0;
    this.#sources.end(this.#open.node[at], request, bytes);
  }

  #over(at: number): void {
    const { node, transfer } = this.#open;
    for (const watcher of this.#watchers) watcher.over(node[at], transfer[at]);
    transfer[at] = NO_TRANSFER;
  }
}

/** The customer's check: what it computed against what the server told it. */
function digestMatches(computed: number, authentic: number): boolean {
  return computed === authentic;
}
