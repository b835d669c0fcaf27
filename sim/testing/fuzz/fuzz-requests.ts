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
  for (const [, location = ""] of answer.matchAll(/^location: *(.*?)\r?$/gim)) {
    if (!isAllowed(location)) return `leads to ${location}`;
  }
  if (/^x-injected/im.test(answer)) return "a header came out of the request";
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
    ...[path, bytes, fc.constantFrom(...PARTS), fc.constantFrom(...PARTS)],
    fc.nat({ max: 20_000 }).map((length) => "a".repeat(length % 97 === 0 ? length : length % 9)),
  );
  const target = fc.oneof(
    ...[path, fc.tuple(path, part), fc.tuple(part, path), fc.array(part, { maxLength: 6 })].map(
      (each) => each.map((parts) => (Array.isArray(parts) ? parts.join("") : String(parts))),
    ),
  );
  const header = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...HEADERS) },
    { weight: 1, arbitrary: fc.tuple(bytes, bytes).map((pair) => pair.join(": ")) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom("Range: ", "If-None-Match: ", "Accept: ", "Host: ", "X: "), bytes)
        .map((pair) => pair.join("")),
    },
  );
  const end = fc.oneof(
    { weight: 30, arbitrary: fc.constant("\r\n") },
    { weight: 1, arbitrary: fc.constantFrom("\n", "\r", "\r\r\n", "\0") },
  );
  const whole = fc
    .record({
      method: fc.constantFrom(
        "GET",
        "GET",
        "GET",
        "HEAD",
        "HEAD",
        "POST",
        "OPTIONS",
        "CONNECT",
        "get",
        "X",
      ),
      ...{ target, end },
      version: fc.constantFrom(
        "HTTP/1.1",
        "HTTP/1.1",
        "HTTP/1.1",
        "HTTP/1.0",
        "HTTP/0.9",
        "HTTP/2.0",
        "",
      ),
      headers: fc.array(header, { maxLength: 6 }),
    })
    .map(({ method, target: to, version, headers, end: eol }) =>
      [
        `${method} ${to} ${version}`,
        "Host: any.example",
        "Connection: close",
        ...headers,
        "",
        "",
      ].join(eol),
    );
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const broken = fc
    .tuple(whole, at, bytes)
    .map(([text, share, rubbish]) => insert(text, Math.floor(share * text.length), rubbish));
  return fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: broken });
}

function insert(text: string, at: number, rubbish: string): string {
  return text.slice(0, at) + rubbish + text.slice(at + (rubbish.length % 3));
}

const PARTS = [
  ...[
    "..",
    "/../",
    "/./",
    "//",
    "\\",
    "/%2e%2e/",
    "%2f",
    "%2F",
    "%5c",
    "%252e",
    "%25",
    "%",
    "%0",
    "%zz",
  ],
  ...[
    "%00",
    "\0",
    "%0d%0aX-Injected:%20yes",
    "\r\nX-Injected: yes",
    "\nX-Injected: yes",
    "%0aLocation:%20/",
  ],
  ...[
    "http://evil.example/",
    "https://evil.example",
    "//evil.example/",
    "http://any.example/",
    "@evil.example",
  ],
  ...[
    "?",
    "?explain",
    "?mirrorlist",
    "?metalink&explain=1",
    "?x=//evil.example",
    "#",
    "#evil",
    "*",
    " ",
    ";",
  ],
  ...[
    ".meta4",
    ".metalink",
    ".torrent",
    ".sha256",
    ".md4",
    "index.html",
    "/",
    "%C3%A9",
    "%ff",
    "%c0%af",
  ],
  ...["\xe9", "javascript:alert(1)", "file:///etc/passwd", "%E2%80%AE", "__proto__", "constructor"],
];

const HEADERS = [
  ...[
    "Host: evil.example",
    "Host: ",
    "X-Forwarded-Host: evil.example",
    "X-Original-URL: //evil.example",
  ],
  ...[
    "Range: bytes=0-0",
    "Range: bytes=-1",
    "Range: bytes=5-2",
    "Range: bytes=99999999999999999999-",
  ],
  ...[
    "Range: bytes=0-1,2-3",
    "Range: bytes=-0",
    "Range: bytes=",
    'If-Range: "x"',
    "If-Match: *",
    'If-Match: "x"',
  ],
  ...["If-None-Match: *", 'If-None-Match: W/"', 'If-None-Match: "a", "b', "If-Modified-Since: now"],
  ...[
    "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT",
    "If-Unmodified-Since: Sun Nov  6 08:49:37 1994",
  ],
  ...[
    "Accept: text/html",
    "Accept: application/metalink4+xml",
    "Accept: */*;q=0",
    "Connection: keep-alive",
  ],
  ...[
    "Connection: upgrade",
    "Upgrade: websocket",
    "Expect: 100-continue",
    "Expect: x",
    "Content-Length: 5",
  ],
  ...[
    "Content-Length: -1",
    "Content-Length: 0",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: x",
  ],
  ...[
    "X-Injected : yes",
    " folded: yes",
    "Cookie: a=b",
    `X-Long: ${"x".repeat(5000)}`,
    "User-Agent: \xff",
  ],
];
