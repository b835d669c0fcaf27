import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";

/** There was no answer, or none in time: nothing is known of the copy. */
export class NoAnswer extends Error {}

/** The answer broke off before it was whole. */
export class CutShort extends Error {}

export interface Fetching {
  readonly method: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds to the first bytes of the answer. */
  readonly firstByte: number;
  /** Ends it before. */
  readonly signal: AbortSignal;
}

/**
 * Asks a volunteer, over a connection of its own. Redirects are answers like any other.
 *
 * @throws NoAnswer where there is none in time.
 */
export function fetched(url: string, fetching: Fetching): Promise<IncomingMessage> {
  const { method, headers, firstByte, signal } = fetching;
  return new Promise((resolve, reject) => {
    const send = url.startsWith("https:") ? overHttps : overHttp;
    const request = send(url, {
      ...{ method, agent: false, signal },
      headers: { "User-Agent": "mirrorlab-audit", "Accept-Encoding": "identity", ...headers },
    });
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer within ${firstByte} s`)),
      1000 * firstByte,
    );
    request.on("response", (response) => {
      clearTimeout(timer);
      response.on("error", () => {}); // Whoever reads it is told.
      resolve(response);
    });
    request.on("error", ({ message }) => {
      clearTimeout(timer);
      reject(new NoAnswer(message));
    });
    request.end();
  });
}

/**
 * The chunks of an answer, of which the first is to come in so many seconds. Whoever stops reading
 * closes the connection.
 *
 * @throws NoAnswer where nothing comes, or the signal ends it; CutShort where it breaks off.
 */
export async function* chunksOf(
  response: IncomingMessage,
  { firstByte, signal }: Pick<Fetching, "firstByte" | "signal">,
): AsyncGenerator<Buffer> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    response.destroy();
  }, 1000 * firstByte);
  try {
    for await (const chunk of response) {
      clearTimeout(timer);
      yield chunk;
    }
  } catch (error) {
    if (isLate) throw new NoAnswer(`no byte within ${firstByte} s`);
    if (signal.aborted) throw new NoAnswer("took too long");
    throw new CutShort(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}
