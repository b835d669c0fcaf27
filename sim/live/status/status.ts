import type { IncomingMessage, ServerResponse } from "node:http";
import type { CatalogueView } from "../parts.ts";
import { History, SAMPLE_EVERY } from "./history.ts";
import { Metrics } from "./metrics.ts";
import { statusPage, statusSections } from "./page/status-page.ts";
import { statusData } from "./status-data.ts";
import type { StatusHost } from "./status-host.ts";
import type { Tally } from "./tally.ts";

export interface StatusParts {
  readonly host: StatusHost;
  readonly tally: Tally;
  readonly catalogue: Pick<CatalogueView, "find">;
  /** Whether who asks may see the status and the metrics. */
  readonly isAllowed: (request: IncomingMessage) => boolean;
}

/** What an answer is made of. */
interface Page {
  readonly type: string;
  readonly body: string;
}

/**
 * The status page, its data and the metrics: `/-/status`, `/-/status.json`, which has the markup of the
 * page's parts instead when it is asked for `?sections`, and `/metrics`, unless the repository has a file
 * of that name.
 */
export class Status {
  readonly #host: StatusHost;
  readonly #tally: Tally;
  readonly #parts: StatusParts;
  readonly #history: History;
  readonly #metrics: Metrics;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: StatusParts) {
    this.#parts = parts;
    this.#host = parts.host;
    this.#tally = parts.tally;
    this.#history = new History(parts.tally, parts.host.now());
    this.#metrics = new Metrics(parts.host, parts.tally);
  }

  /** Begins to keep the course of the last hour. */
  start(): void {
    this.#timer ??= setInterval(() => this.sample(), 1000 * SAMPLE_EVERY).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Takes a sample for the course of the last hour. */
  sample(): void {
    const { volunteers, journal } = this.#host.view();
    this.#history.sample(this.#host.now(), volunteers.length, journal.unrecorded);
  }

  readonly handler = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<boolean> => {
    const page = this.#pageAt(url);
    if (page === null) return false;
    if (!this.#parts.isAllowed(request)) refuse(response, 403, "your address may not see this");
    else if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      refuse(response, 405, "expected GET or HEAD");
    } else send(response, 200, await page());
    return true;
  };

  #pageAt({ pathname, searchParams }: URL): (() => Page | Promise<Page>) | null {
    switch (pathname) {
      case "/-/status":
        return () => ({ type: "text/html; charset=utf-8", body: statusPage(this.#data()) });
      case "/-/status.json":
        return () => ({ type: "application/json", body: this.#json(searchParams) });
      case "/metrics":
        if (this.#parts.catalogue.find("metrics") >= 0) return null;
        return async () => ({
          type: this.#metrics.contentType,
          body: await this.#metrics.text(),
        });
      default:
        return null;
    }
  }

  #json(asked: URLSearchParams): string {
    const data = this.#data();
    return JSON.stringify(asked.has("sections") ? { sections: statusSections(data) } : data);
  }

  #data() {
    return statusData(this.#host, this.#tally, this.#history, new Date());
  }
}

function refuse(response: ServerResponse, status: number, why: string): void {
  send(response, status, { type: "text/plain; charset=utf-8", body: `${status}: ${why}\n` });
}

/** Nobody else may keep it, frame it or take it for something else. */
function send(response: ServerResponse, status: number, { type, body }: Page): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
