import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { RequestOptions } from "node:http";
import { connect } from "node:tls";
import { InputError } from "../engine/input-error.ts";

/**
 * A connection to a server that has the very certificate in the file, whoever has signed it and whatever
 * name is in it: what a request over it takes.
 *
 * @throws InputError where it has another.
 */
export async function pinnedConnection(
  host: string,
  port: number,
  certificate: string,
): Promise<Pick<RequestOptions, "createConnection">> {
  const expected = new X509Certificate(readFileSync(certificate));
  const socket = connect({ host, port, rejectUnauthorized: false });
  await new Promise((resolve, reject) => {
    socket.once("secureConnect", resolve).once("error", reject);
  });
  if (socket.getPeerX509Certificate()?.fingerprint256 !== expected.fingerprint256) {
    socket.destroy();
    throw new InputError([`${host} port ${port}: expected a server with ${certificate}`]);
  }
  return { createConnection: () => socket };
}
