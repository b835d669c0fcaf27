import type { FlowId, FlowSpec, LinkId } from "./network.ts";

/**
 * What the flows under way were started with, for those who watch; a network keeps it only when it
 * is asked to. Weights and caps are those of now.
 */
export class FlowRegister {
  readonly #specs = new Map<FlowId, FlowSpec>();
  readonly #onLink = new Map<LinkId, Set<FlowId>>();

  spec(flow: FlowId): FlowSpec {
    const spec = this.#specs.get(flow);
    if (spec === undefined) throw new Error(`flow ${flow} is not under way`);
    return spec;
  }

  /** The flows that send data over the link, in the order of their start. */
  crossing(link: LinkId): ReadonlySet<FlowId> {
    return this.#onLink.get(link) ?? NOBODY;
  }

  enter(flow: FlowId, spec: FlowSpec): void {
    this.#specs.set(flow, spec);
    for (const link of spec.path) {
      const flows = this.#onLink.get(link) ?? new Set();
      this.#onLink.set(link, flows.add(flow));
    }
  }

  change(flow: FlowId, changed: Partial<Pick<FlowSpec, "weight" | "cap">>): void {
    this.#specs.set(flow, { ...this.spec(flow), ...changed });
  }

  leave(flow: FlowId): void {
    for (const link of this.spec(flow).path) this.#onLink.get(link)?.delete(flow);
    this.#specs.delete(flow);
  }
}

const NOBODY: ReadonlySet<FlowId> = new Set();
