import type { Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";

/** What one customer may take of the server. */
export interface ServerLimits {
  readonly maxConnections: number;
}

/** Settings for `createServer`: heads are small, and whoever is slow to send one goes. */
export function serverOptions(): ServerOptions {
  return {
    maxHeaderSize: 8192,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 15_000,
    connectionsCheckingInterval: 5_000,
    requireHostHeader: true,
    insecureHTTPParser: false,
  };
}

/** The rest of the limits, and an answer to what is no request. */
export function limitServer(server: Server, { maxConnections }: ServerLimits): void {
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = 10_000;
  server.timeout = 120_000; // Who takes nothing for so long does not want the rest.
  server.on("clientError", answerClientError);
}

/**
 * Answers what the parser refused with one line, and closes. On a connection where a request is being
 * answered the line would be taken for that answer: there it only closes.
 */
function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  const isBusy = Boolean(Reflect.get(socket, "_httpMessage")); // As in Node's own handler.
  if (!socket.writable || isBusy || error.code === "ECONNRESET") return void socket.destroy();
  const status = STATUSES.get(error.code ?? "") ?? "400 Bad Request";
  const body = `${status.slice(4).toLowerCase()}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

const STATUSES: ReadonlyMap<string, string> = new Map([
  ["HPE_HEADER_OVERFLOW", "431 Request Header Fields Too Large"],
  ["ERR_HTTP_REQUEST_TIMEOUT", "408 Request Timeout"],
]);
