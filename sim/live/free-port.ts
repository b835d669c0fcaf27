import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port that was free just now: who is to tell others its address has to know it before it listens. */
export async function freePort(host = "127.0.0.1"): Promise<number> {
  const server = createServer().listen({ port: 0, host });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
