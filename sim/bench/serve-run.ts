/**
 * A live server over a catalogue of files that are nowhere, with volunteers that hold all of them: prints
 * its address, and runs until it is told to end.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { syntheticCatalogue } from "../live/catalogue/testing.ts";
import { readServerConfig } from "../live/config/read-server-config.ts";
import { serve } from "../live/serve.ts";

const [folder, files, volunteers] = process.argv.slice(2);
// Plain JavaScript, which has no types.
const { Volunteer } = await import(new URL("../../examples/announce.js", import.meta.url).href);

const names = Array.from({ length: Number(volunteers) }, (_, number) => `mirror-${number}`);
const tokenOf = (name: string) => `a-token-that-is-long-enough-of-${name}`;
mkdirSync(join(folder, "repository"));
writeFileSync(
  join(folder, "server.yaml"),
  `url: http://127.0.0.1/
listen: { port: 0, host: 127.0.0.1 }
repository: { folder: repository, md4: false }
state: { folder: state }
server: { uplink: 1 Gbit/s }
deliver: { small: 0 B }
rescue: { again: 0 s }
tracker: { interval: 30 min, timeout: 90 min, probe: 1 d }
policies: { trust: client-reports }
volunteers: [${names.map((name) => `{ name: ${name}, token: ${tokenOf(name)} }`)}]
`,
);
const config = await readServerConfig(join(folder, "server.yaml"));
const catalogue = await syntheticCatalogue(Number(files), join(folder, "files"));
// There is no tree to look through.
const scan = async () => Promise.reject(new Error("the files of a benchmark are not there"));
Object.defineProperty(catalogue, "scan", { value: scan });
const server = await serve(
  config,
  (line) => console.error(line),
  async () => catalogue,
);
for (const [number, name] of names.entries()) {
  const volunteer = new Volunteer({ server: server.address, name, token: tokenOf(name) });
  const urls = [`http://127.0.0.1:${20_000 + number}/`];
  await volunteer.register({ urls, uplink: 1e7 * (1 + (number % 10)), covers: [] });
  const holds = { manifest: catalogue.version };
  await pause(200); // All of them share an address, of which not everything is taken.
  await volunteer.announce({ uploaded: 0, downloaded: 0, left: 0, started: true, holds });
}
console.log(server.address);
process.once("SIGTERM", async () => {
  await server.close();
});
