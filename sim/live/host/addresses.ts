import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import ipaddr from "ipaddr.js";

/** Where a request comes from, as far as the server can tell. */
export interface Origin {
  /** In its usual form; IPv4 as such, even from a socket of both kinds. */
  readonly address: string;
  readonly isIPv6: boolean;
  readonly isSecure: boolean;
}

/** A prefix of addresses, such as 10.1.0.0/16; a single address is one of full length. */
export type Prefix = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** @throws Error where the text is none. */
export function prefixOf(text: string): Prefix {
  const [host] = text.split("/");
  // The library takes 10.1 for 10.0.0.1, too.
  if (isIP(host) === 0) throw new Error("expected an address");
  if (host !== text) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Whether the address, in its usual form, lies in one of the prefixes. */
export function isWithin(text: string, prefixes: readonly Prefix[]): boolean {
  if (prefixes.length === 0 || isIP(text) === 0) return false;
  const address = ipaddr.process(text);
  return prefixes.some((prefix) => contains(prefix, address));
}

export function contains([network, bits]: Prefix, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/**
 * Tells where requests come from. What `X-Forwarded-For` and `X-Forwarded-Proto` say is believed only of
 * proxies that the operator has named: the last address in the list that is not one of them.
 */
export class Addresses {
  readonly #proxies: readonly Prefix[];
  readonly #bySocket = new WeakMap<object, Origin>();

  constructor(proxies: readonly Prefix[]) {
    this.#proxies = proxies;
  }

  of({ socket, headers }: IncomingMessage): Origin {
    const known = this.#bySocket.get(socket);
    if (known !== undefined) return known;
    const peer = usual(socket.remoteAddress ?? "");
    const isEncrypted = (socket as TLSSocket).encrypted === true;
    if (!isWithin(peer, this.#proxies)) {
      const origin = originOf(peer, isEncrypted);
      this.#bySocket.set(socket, origin);
      return origin;
    }
    const forwarded = listed(headers["x-forwarded-for"]);
    const address = forwarded.findLast((each) => !isWithin(each, this.#proxies));
    const scheme = listed(headers["x-forwarded-proto"]).at(-1);
    return originOf(address ?? peer, scheme === undefined ? isEncrypted : scheme === "https");
  }
}

function originOf(address: string, isSecure: boolean): Origin {
  return { address, isIPv6: address.includes(":"), isSecure };
}

/** The valid addresses, or words, of a header of several. */
function listed(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(",") : (header ?? "");
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map(usual);
}

/** ::ffff:10.0.0.1 is 10.0.0.1; what is no address stays as it is. */
function usual(text: string): string {
  return isIP(text) > 0 ? ipaddr.process(text).toString() : text;
}
