/**
 * A redirector as bad as can be: whatever a package or a large file, it sends everybody to the first
 * volunteer, for ever, and its metalinks and mirror lists know no other. The expectations must fail on it,
 * or they would find nothing.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { FILES } from "./repository.ts";
import type { StartSystem } from "./trial.ts";
import { startVolunteer } from "./volunteer-kinds.ts";

export const startPlanted: StartSystem = async (_room, repository, [first]) => {
  if (first === undefined) throw new Error("expected a volunteer");
  const origin = await startVolunteer("good", repository);
  const heavy: readonly string[] = Object.values(FILES);
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://planted");
    const path = pathname.slice(1);
    const [, file = "", ending] = /^(.*)\.(meta4|metalink)$/.exec(path) ?? [];
    if (search === "?mirrorlist") response.end(`${first.url}${path}\n`);
    else if (ending !== undefined) response.end(metalink(ending, repository, file, first.url));
    else {
      const to = heavy.includes(path) ? first.url : origin.url;
      const name = path.endsWith("/") ? `${path}index.html` : path;
      response.writeHead(302, { Location: to + name, "Content-Length": 0 }).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    announced: async () => {},
    audits: async () => ({ ended: 1, failed: 0 }), // None is to be waited for.
    async stop() {
      server.close();
      server.closeAllConnections();
      await origin.close();
    },
  };
};

/** Metalink 4 (RFC 5854) for `.meta4`, version 3.0, which dnf reads, for `.metalink`. */
function metalink(ending: string, repository: string, file: string, base: string): string {
  const digest = createHash("sha256")
    .update(readFileSync(join(repository, file)))
    .digest("hex");
  const [name, url] = [basename(file), `${base}${file}`];
  if (ending === "meta4") {
    return `<metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="${name}">
<hash type="sha-256">${digest}</hash><url>${url}</url></file></metalink>\n`;
  }
  return `<metalink version="3.0" xmlns="http://www.metalinker.org/"><files><file name="${name}">
<verification><hash type="sha256">${digest}</hash></verification>
<resources><url protocol="http" type="http" preference="100">${url}</url></resources></file></files></metalink>\n`;
}
