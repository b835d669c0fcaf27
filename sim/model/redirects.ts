import type { Answer, Complaint } from "../coordinator/index.ts";
import type { RequestTrace } from "../workload/workload.ts";
import type { Coordination } from "./coordination.ts";
import { type AttemptEnd, SERVER_NODE } from "./events.ts";
import type { RepositoryServer } from "./server.ts";
import type { Sources } from "./sources.ts";
import type { Topology } from "./topology.ts";

/** What customers complain of. */
const COMPLAINTS: Readonly<Partial<Record<AttemptEnd, Complaint>>> = {
  gone: "gone",
  missing: "missing",
  "wrong-digest": "wrong",
  "cut-short": "cut-short",
};

/** What passes between customers and the server: questions, redirects and complaints. */
export class Redirects {
  readonly #server: RepositoryServer;
  readonly #coordination: Coordination;
  readonly #sources: Sources;
  readonly #topology: Topology;
  readonly #trace: RequestTrace;

  constructor(
    server: RepositoryServer,
    coordination: Coordination,
    sources: Sources,
    topology: Topology,
    trace: RequestTrace,
  ) {
    this.#server = server;
    this.#coordination = coordination;
    this.#sources = sources;
    this.#topology = topology;
    this.#trace = trace;
    sources.whenSending({
      begun: (node) => {
        if (node === SERVER_NODE) coordination.beginDelivery();
      },
      ended: (node) => {
        if (node === SERVER_NODE) coordination.endDelivery();
      },
    });
  }

  /** Whether the server answers. */
  get isUp(): boolean {
    return this.#server.isUp;
  }

  /** Another customer that can send the file, of which the coordinator need not decide; or null. */
  peerFor(request: number): number | null {
    const { file, customer } = this.#trace;
    return this.#sources.peerFor(file[request], customer[request]);
  }

  /** The coordinator's answer, valid until the next. */
  decide(request: number): Answer {
    const { file, bytes } = this.#trace;
    const customer = this.#trace.customer[request];
    const where = this.#topology.whereabouts(customer);
    return this.#coordination.ask(customer, file[request], bytes[request], where);
  }

  /** A customer comes back from a node. Wrong bytes were uploaded all the same. */
  complain(request: number, node: number, end: AttemptEnd): void {
    const complaint = COMPLAINTS[end];
    if (complaint === undefined || !this.#sources.isVolunteer(node)) return;
    const { customer, file, bytes } = this.#trace;
    const [who, what] = [customer[request], file[request]];
    this.#coordination.complain(who, what, node, complaint, bytes[request]);
  }
}
