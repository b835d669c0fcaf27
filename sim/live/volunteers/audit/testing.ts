/** Volunteers of every kind that clients meet in the field, and an auditor that meets one of them. */
import type { IncomingMessage, ServerResponse } from "node:http";
import * as assert from "uvu/assert";
import type { Random } from "../../../policies/index.ts";
import { draws, NotingHost, noise, Repository, withVolunteer } from "../testing.ts";
import { AUDIT_LIMITS, type AuditLimits } from "../volunteer-host.ts";
import { Auditor } from "./auditor.ts";

/** How a volunteer answers a request for a file of these bytes. */
export type Behaviour = (bytes: Buffer, request: IncomingMessage, response: ServerResponse) => void;

/** As web servers do: whole, or the range that is asked for. */
export const good: Behaviour = (bytes, { headers }, response) => {
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "");
  if (range === null) {
    response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
    return;
  }
  const [start, last] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)];
  response.writeHead(206, {
    ...{ "Content-Length": last - start + 1 },
    "Content-Range": `bytes ${start}-${last}/${bytes.length}`,
  });
  response.end(bytes.subarray(start, last + 1));
};

/** One byte is another. */
export function lyingAt(place: number): Behaviour {
  return (bytes, request, response) => {
    const wrong = Buffer.from(bytes);
    wrong[place] ^= 1;
    good(wrong, request, response);
  };
}

export function withStatus(status: number, headers: Record<string, string> = {}): Behaviour {
  return (_, __, response) => {
    response.writeHead(status, { "Content-Length": "0", ...headers }).end();
  };
}

/** A page that says with status 200 that there is nothing. */
export const soft404: Behaviour = (_, __, response) => {
  response.writeHead(200, { "Content-Type": "text/html" }).end("<html>not here</html>");
};

/** Says the length, and closes in the middle. */
export const truncating: Behaviour = (bytes, { headers }, response) => {
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "");
  const [start, end] =
    range === null ? [0, bytes.length] : [Number(range[1]), Number(range[2]) + 1];
  response.writeHead(range === null ? 200 : 206, {
    ...{ "Content-Length": end - start },
    ...(range && { "Content-Range": `bytes ${start}-${end - 1}/${bytes.length}` }),
  });
  response.write(bytes.subarray(start, (start + end) >> 1), () => response.destroy());
};

export const hanging: Behaviour = () => {};

/** Answers with a head, and hangs then. */
export const hangingLater: Behaviour = (bytes, _, response) => {
  response.writeHead(200, { "Content-Length": bytes.length }).flushHeaders();
};

/** So many bytes, and again after a while. */
export function slow(part: number, milliseconds: number): Behaviour {
  return (bytes, _, response) => {
    response.writeHead(200, { "Content-Length": bytes.length });
    let at = 0;
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + part));
      at += part;
      if (at < bytes.length) return;
      clearInterval(timer);
      response.end();
    }, milliseconds);
    response.on("close", () => clearInterval(timer));
  };
}

/** Does not know of ranges. */
export const rangeless: Behaviour = (bytes, _, response) => {
  response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
};

export const SMALL = noise(1000);
export const LARGE = noise(50_000);

/** Files above 2000 bytes are compared in ranges of 100, of which two are drawn. */
const LIMITS = { firstByte: 10, total: 20, whole: 2000, range: 100, drawn: 2, most: 10_000 };

export interface Scene {
  readonly auditor: Auditor;
  readonly host: NotingHost;
  readonly repository: Repository;
  readonly asked: { readonly url: string; readonly range: string; readonly encoding: unknown }[];
  readonly file: number;
}

/** A volunteer that has one file of these bytes, of this behaviour, and an auditor. */
export async function withScene(
  bytes: Buffer,
  behaviour: Behaviour,
  act: (scene: Scene) => Promise<void>,
  limits: Partial<AuditLimits> = {},
  random: Random = draws(0.5),
): Promise<void> {
  const repository = new Repository();
  const host = new NotingHost();
  const asked: Scene["asked"] = [];
  const file = repository.put("pool/é %.deb", bytes);
  const all = { ...AUDIT_LIMITS, ...LIMITS, ...limits };
  const auditor = new Auditor(host, repository, all, random);
  try {
    await withVolunteer(
      (request, response) => {
        const { range = "", "accept-encoding": encoding } = request.headers;
        asked.push({ url: request.url ?? "", range, encoding });
        behaviour(bytes, request, response);
      },
      async (base) => {
        host.register("alpha", { uplink: 1 }, [`${base}repo/`]);
        await act({ auditor, host, repository, asked, file });
      },
    );
  } finally {
    auditor.close();
    repository.close();
  }
}

/** What comes of one audit. */
export async function verdict({ auditor, host, file }: Scene): Promise<string> {
  auditor.audit(0, file);
  await host.until(1);
  const [told] = host.of("audited");
  assert.equal(told.slice(1, 3), [0, file]);
  return `${told[3]}: ${told[4]}`;
}

export const HAS = "passed: has the server's bytes";

/** Never stops. */
export const endless: Behaviour = (bytes, _, response) => {
  const more = () => {
    if (!response.destroyed && response.write(bytes)) setImmediate(more);
  };
  response.writeHead(200).on("drain", more);
  more();
};
