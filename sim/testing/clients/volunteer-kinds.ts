/** Volunteers as they should be and as they should not: one small HTTP server each, on a port of its own. */
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { join, normalize } from "node:path";

export const KINDS = [
  "good",
  "lying",
  "refused",
  "hanging",
  "missing404",
  "truncating",
  "slow20kB",
  "busy503",
  "soft404",
] as const;
export type Kind = (typeof KINDS)[number];

/** Bytes per second that one connection to a slow volunteer gets. */
export const SLOW_RATE = 20_000;

const SLOW_PERIOD = 0.1; // Seconds from one piece to the next.
const RETRY_AFTER = 2; // Seconds, what a busy one says.

export interface VolunteerRequest {
  readonly method: string;
  /** Without a slash in front. */
  readonly path: string;
  readonly range: string;
  readonly agent: string;
}

export interface TestVolunteer {
  readonly kind: Kind;
  /** With a slash at its end. */
  readonly url: string;
  /** What it was asked so far; nothing where nobody listens or nobody reads. */
  readonly requests: readonly VolunteerRequest[];
  /** Bytes of bodies sent so far. */
  uploaded(): number;
  /** Requests that are being answered. */
  active(): number;
  close(): Promise<void>;
}

/**
 * Starts a volunteer that holds, or claims to hold, the files below `root`, on any free port. Volunteers
 * of one server should have an `address` each (Linux has all of 127.0.0.0/8): apt and aria2 hold against
 * a host what one of its ports did.
 */
export async function startVolunteer(
  kind: Kind,
  root: string,
  address = "127.0.0.1",
): Promise<TestVolunteer> {
  if (kind === "refused") return closedPort(address);
  if (kind === "hanging") return silent(address);
  return answering(kind, root, address);
}

interface Asked {
  readonly response: ServerResponse;
  /** The true bytes of the whole file. */
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** The first byte that is asked for, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly isPart: boolean;
}

type Answering = Exclude<Kind, "refused" | "hanging">;

const ANSWERS: Readonly<Record<Answering, (asked: Asked) => void>> = {
  good: (asked) => {
    head(asked);
    asked.response.end(asked.bytes.subarray(asked.from, asked.to));
  },
  // Of the right length, with one bit of the byte in the middle turned.
  lying: (asked) => {
    const bytes = Buffer.from(asked.bytes);
    const middle = bytes.length >> 1;
    if (bytes.length > 0) bytes[middle] = bytes.readUInt8(middle) ^ 1;
    head(asked);
    asked.response.end(bytes.subarray(asked.from, asked.to));
  },
  missing404: ({ response }) => {
    response.writeHead(404, { "Content-Length": 0 }).end();
  },
  // Promises all that is asked for, sends half and hangs up.
  truncating: (asked) => {
    head(asked);
    const half = asked.from + ((asked.to - asked.from) >> 1);
    asked.response.write(asked.bytes.subarray(asked.from, half), () => {
      setTimeout(() => asked.response.destroy(), 50); // What was written is to arrive first.
    });
  },
  slow20kB: (asked) => {
    head(asked);
    let at = asked.from;
    const timer = setInterval(() => {
      const next = Math.min(asked.to, at + SLOW_RATE * SLOW_PERIOD);
      asked.response.write(asked.bytes.subarray(at, next));
      at = next;
      if (at < asked.to) return;
      clearInterval(timer);
      asked.response.end();
    }, SLOW_PERIOD * 1000);
    asked.response.on("close", () => clearInterval(timer));
  },
  busy503: ({ response }) => {
    response.writeHead(503, { "Retry-After": RETRY_AFTER, "Content-Length": 0 }).end();
  },
  // A page that says so in words only, as captive portals and some providers have it.
  soft404: ({ response }) => {
    const page = "<html><body>Not here.</body></html>\n";
    response.writeHead(200, { "Content-Type": "text/html", "Content-Length": page.length });
    response.end(page);
  },
};

/** Those whose answer is no part of the file, so that it is the same to HEAD. */
const IS_SHORT: ReadonlySet<Kind> = new Set(["missing404", "busy503", "soft404"]);

function head({ response, bytes, headers, from, to, isPart }: Asked): void {
  const range = isPart ? { "Content-Range": `bytes ${from}-${to - 1}/${bytes.length}` } : {};
  response.writeHead(isPart ? 206 : 200, { ...headers, ...range, "Content-Length": to - from });
}

async function answering(kind: Answering, root: string, address: string): Promise<TestVolunteer> {
  const requests: VolunteerRequest[] = [];
  let [ended, active] = [0, 0];
  const sockets = new Map<Socket, number>(); // Bytes written on each when it was last looked at.
  const server = createServer((request, response) => {
    requests.push(asRequest(request));
    active++;
    response.on("close", () => active--);
    const asked = read(request, response, root);
    if (asked === null) response.writeHead(404, { "Content-Length": 0 }).end();
    else if (request.method === "HEAD" && !IS_SHORT.has(kind)) {
      head(asked);
      response.end();
    } else ANSWERS[kind](asked);
  });
  server.on("connection", (socket) => {
    sockets.set(socket, 0);
    socket.on("error", () => {}); // Customers hang up when they like.
    socket.on("close", () => {
      ended += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  server.listen(0, address);
  await once(server, "listening");
  return {
    kind,
    url: urlOf(server.address()),
    requests,
    uploaded: () => [...sockets.keys()].reduce((sum, each) => sum + each.bytesWritten, ended),
    active: () => active,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What is asked for; null for a file that is not there, or a range outside of it. */
function read(request: IncomingMessage, response: ServerResponse, root: string): Asked | null {
  const name = join(root, normalize(`/${pathOf(request)}`));
  const stat = statSync(name, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return null;
  const bytes = readFileSync(name);
  const headers = {
    "Accept-Ranges": "bytes",
    "Content-Type": name.endsWith(".html") ? "text/html" : "application/octet-stream",
    "Last-Modified": stat.mtime.toUTCString(),
  };
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  if (first === undefined) {
    return { response, bytes, headers, from: 0, to: bytes.length, isPart: false };
  }
  const from = Number(first);
  const to = last === "" ? bytes.length : Math.min(bytes.length, Number(last) + 1);
  return from < to ? { response, bytes, headers, from, to, isPart: true } : null;
}

/** Accepts, and never answers. */
async function silent(address: string): Promise<TestVolunteer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.resume();
  });
  server.listen(0, address);
  await once(server, "listening");
  return {
    kind: "hanging",
    url: urlOf(server.address()),
    requests: [],
    uploaded: () => 0,
    active: () => sockets.size,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A port that nobody listens on, and nobody can: the near end of a connection that is kept open holds it. */
async function closedPort(address: string): Promise<TestVolunteer> {
  const far = createTcpServer((socket) => socket.on("error", () => {}));
  far.listen(0, address);
  await once(far, "listening");
  const { port } = far.address() as AddressInfo;
  const socket = connect({ port, host: address, localAddress: address });
  await once(socket, "connect");
  return {
    kind: "refused",
    url: `http://${address}:${socket.localPort}/`,
    requests: [],
    uploaded: () => 0,
    active: () => 0,
    close: async () => {
      const closed = once(far, "close");
      far.close();
      socket.destroy();
      await closed;
    },
  };
}

function asRequest(request: IncomingMessage): VolunteerRequest {
  const { range = "", "user-agent": agent = "" } = request.headers;
  return { method: request.method ?? "", path: pathOf(request), range, agent };
}

function pathOf(request: IncomingMessage): string {
  try {
    return decodeURIComponent(new URL(request.url ?? "/", "http://volunteer").pathname).slice(1);
  } catch {
    return "";
  }
}

function urlOf(bound: ReturnType<ReturnType<typeof createTcpServer>["address"]>): string {
  const { address, port } = bound as AddressInfo;
  return `http://${address}:${port}/`;
}
