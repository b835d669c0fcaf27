import { connect } from "node:net";
import fc from "fast-check";

/** What came of requests that nobody should send. */
export interface FuzzedRequests {
  readonly sent: number;
  /** How many were answered with which status; 0 for connections that were closed without an answer. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Requests, each with what is wrong with its answer. */
  readonly problems: readonly string[];
}

/** Requests under way at any time. */
const AT_ONCE = 64;

/** Cases that are made at once. */
const BATCH = 10_000;

/** Milliseconds after which a connection is ended from this side: an incomplete request waits for more. */
const PATIENCE = 40;

/**
 * Sends malformed, hostile and ordinary requests, each on a connection of its own, and looks at all that
 * comes back: every Location has to be one that the server may lead to, no header may come out of a
 * request, and nothing of the program may show.
 *
 * @param paths Encoded paths of the repository, for requests to be near to.
 * @param isAllowed Whether a Location may be answered.
 */
export async function fuzzRequests(
  { count, seed, port }: { readonly count: number; readonly seed: number; readonly port: number },
  paths: readonly string[],
  isAllowed: (location: string) => boolean,
): Promise<FuzzedRequests> {
  const statuses = new Map<number, number>();
  const problems: string[] = [];
  const requests = requestsNear(paths);
  for (let sent = 0; sent < count; sent += BATCH) {
    const numRuns = Math.min(BATCH, count - sent);
    const batch = fc.sample(requests, { seed: seed + sent, numRuns });
    const work = async () => {
      for (let request = batch.pop(); request !== undefined; request = batch.pop()) {
        const answer = await exchanged(port, request);
        const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const problem = problemIn(answer, isAllowed);
        if (problem !== null) problems.push(`${JSON.stringify(request)}: ${problem}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
  return { sent: count, statuses, problems };
}

function problemIn(answer: string, isAllowed: (location: string) => boolean): string | null {
  if (/^x-injected/im.test(answer)) return "a header came out of the request";
  for (const [, location = ""] of answer.matchAll(/^location: *(.*?)\r?$/gim)) {
    if (!isAllowed(location)) return `leads to ${location}`;
  }
  if (/^HTTP\/1\.1 500 /.test(answer)) return "the server failed";
  return /\bnode:|\.ts:\d|\n {4}at /.test(answer) ? "shows the program" : null;
}

function exchanged(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1");
    const timer = setTimeout(() => socket.end(), PATIENCE);
    const last = setTimeout(() => socket.destroy(), 50 * PATIENCE);
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      answer += text;
    });
    socket.on("error", () => {}); // A reset; "close" follows.
    socket.on("close", () => {
      clearTimeout(timer);
      clearTimeout(last);
      resolve(answer);
    });
    socket.write(Buffer.from(request, "latin1"));
  });
}

/** Requests of one character a byte. */
function requestsNear(paths: readonly string[]): fc.Arbitrary<string> {
  const bytes = fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)) });
  const path = fc.constantFrom(...paths, "").map((each) => `/${each}`);
  const part = fc.oneof(
    { weight: 4, arbitrary: path },
    { weight: 8, arbitrary: fc.constantFrom(...PARTS) },
    { weight: 1, arbitrary: fc.oneof(bytes, fc.constantFrom(...BROKEN_PARTS)) },
  );
  const target = fc.oneof(
    path,
    fc.tuple(path, part).map((parts) => parts.join("")),
    fc.tuple(part, path).map((parts) => parts.join("")),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join("")),
  );
  const field = fc
    .tuple(fc.constantFrom("Range: ", "If-None-Match: ", "Accept: ", "Host: ", "X: "), bytes)
    .map((pair) => pair.join(""));
  const header = fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...HEADERS) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN_HEADERS) },
    { weight: 1, arbitrary: field },
  );
  const whole = fc
    .record({
      method: oftener(["GET", "GET", "GET", "HEAD"], ["POST", "OPTIONS", "CONNECT", "get", "X"]),
      target,
      version: oftener(["HTTP/1.1"], ["HTTP/1.0", "HTTP/0.9", "HTTP/2.0", ""]),
      headers: fc.array(header, { maxLength: 5 }),
      end: oftener(["\r\n"], ["\n", "\r", "\r\r\n", "\0"]),
    })
    .map(({ method, target: to, version, headers, end }) =>
      [`${method} ${to} ${version}`, ...USUAL_HEADERS, ...headers, "", ""].join(end),
    );
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const broken = fc
    .tuple(whole, at, bytes)
    .map(([text, share, rubbish]) => insert(text, Math.floor(share * text.length), rubbish));
  return fc.oneof({ weight: 8, arbitrary: whole }, { weight: 1, arbitrary: broken });
}

function oftener(often: readonly string[], seldom: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...often) },
    { weight: 1, arbitrary: fc.constantFrom(...seldom) },
  );
}

function insert(text: string, at: number, rubbish: string): string {
  return text.slice(0, at) + rubbish + text.slice(at + (rubbish.length % 3));
}

const PARTS = words(`
  .. /../ /./ // \\ /%2e%2e/ %2f %2F %5c %252e %25 %zz %00 %0d%0aX-Injected:%20yes %0aLocation:%20/
  //evil.example/ @evil.example /evil.example ? ?explain ?mirrorlist ?metalink&explain=1 ?x=//evil.example *
  ; .meta4 .metalink .torrent .sha256 .md4 index.html / / %C3%A9 %ff %c0%af %E2%80%AE __proto__ constructor a
`);

const BROKEN_PARTS = [
  ...["\0", "\r\nX-Injected: yes", "\nX-Injected: yes", "#", "#evil", " ", "\xe9", "%", "%0"],
  ...["http://evil.example/", "http://any.example/", "javascript:alert(1)", "file:///etc/passwd"],
  "c".repeat(9000),
];

const USUAL_HEADERS = ["Host: any.example", "Connection: close"];

const HEADERS = [
  ...["X-Forwarded-Host: evil.example", "X-Original-URL: //evil.example", "Range: bytes=0-0"],
  ...["Range: bytes=-1", "Range: bytes=5-2", "Range: bytes=99999999999999999999-", "Range: bytes="],
  ...["Range: bytes=0-1,2-3", "Range: bytes=-0", 'If-Range: "x"', "If-Match: *", 'If-Match: "x"'],
  ...["If-None-Match: *", 'If-None-Match: W/"', 'If-None-Match: "a", "b', "If-Modified-Since: now"],
  ...["If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT", "Accept: text/html", "Accept: */*;q=0"],
  ...["If-Unmodified-Since: Sun Nov  6 08:49:37 1994", "Accept: application/metalink4+xml"],
  ...["Connection: keep-alive", "Connection: upgrade", "Upgrade: websocket", "Content-Length: 0"],
  ...["Host: evil.example", "Cookie: a=b", `X-Long: ${"x".repeat(5000)}`, "User-Agent: \xff"],
];

/** What few requests may have. */
const BROKEN_HEADERS = [
  ...["Host: ", "Content-Length: -1", "Content-Length: 5", "Transfer-Encoding: x", "Expect: x"],
  ...["Transfer-Encoding: chunked", "Expect: 100-continue", "X-Injected : yes", " folded: yes"],
  ...[": x", "X\0: x", "X: \0", "X"],
];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
