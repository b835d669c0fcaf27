/** Fields of addresses: of the network, checked by ipaddr.js, and of the web. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Complaint } from "../../experiment/config/complaint.ts";
import { type Complain, field } from "../../experiment/config/field.ts";

const PREFIX = "an address or a prefix such as 192.0.2.0/24 or 2001:db8::/32";

/** Addresses and prefixes of IPv4 and IPv6, as written, each once. */
export function prefixes() {
  const items = { type: "string", examples: ["192.0.2.0/24", "2001:db8::/32"] };
  return field({ type: "array", items }, (value, complain) =>
    readList(value, complain, "addresses and prefixes", prefixIn),
  );
}

/** The address or prefix, or what is wrong with it. */
function prefixIn(value: unknown): string | Complaint {
  const wrong: Complaint = { kind: "expected", what: PREFIX };
  if (typeof value !== "string") return wrong;
  const text = value.trim();
  const [host] = text.split("/");
  // The library takes 10.1 for 10.0.0.1, and a zone is of one machine only.
  if (isIP(host) === 0 || host.includes("%")) return wrong;
  if (host === text) return text;
  if (!ipaddr.isValidCIDR(text)) return wrong;
  const [address, bits] = ipaddr.parseCIDR(text);
  const kind = address.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  const network = kind.networkAddressFromCIDR(text).toString();
  if (network === address.toString()) return text;
  return { kind: "invalid", rule: `has bits behind the prefix; expected ${network}/${bits}` };
}

/** An address that a socket can be bound to. */
export function address() {
  return field({ type: "string", examples: ["::", "127.0.0.1"] }, (value, complain) => {
    if (typeof value === "string" && isIP(value.trim()) !== 0) return value.trim();
    return complain({ kind: "expected", what: "an address such as :: or 127.0.0.1" });
  });
}

const WEB = "a web address such as https://mirror.example.org/";

/** The address of a server: no path, for all paths are its own. With a slash at the end. */
export function origin() {
  const json = { type: "string", pattern: "^https?://[^/?#@\\s]+/?$" };
  return field({ ...json, examples: ["https://mirror.example.org/"] }, (value, complain) => {
    const found = webAddressIn(value);
    if (typeof found !== "string") return complain(found);
    const { pathname, port } = new URL(found);
    if (port === "0") return complain({ kind: "invalid", rule: "expected a port" });
    if (pathname === "/") return found;
    return complain({ kind: "invalid", rule: "expected no path: the server has all of its own" });
  });
}

/** Addresses of the web, each with a slash at the end and once. */
export function webAddresses() {
  const items = { type: "string", pattern: "^https?://[^?#@\\s]+$" };
  return field({ type: "array", items, minItems: 1 }, (value, complain) => {
    const found = readList(value, complain, "web addresses", webAddressIn);
    if (found?.length !== 0) return found;
    return complain({ kind: "expected", what: "at least one web address" });
  });
}

/** The address in its usual form, with a slash at the end, or what is wrong with it. */
function webAddressIn(value: unknown): string | Complaint {
  const text = typeof value === "string" ? value.trim() : "";
  if (!URL.canParse(text)) return { kind: "expected", what: WEB };
  const { protocol, username, password, href } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") return { kind: "expected", what: WEB };
  // What is said shows no password.
  if (username !== "" || password !== "") {
    return { kind: "other", text: "expected a web address without user and password" };
  }
  if (/[?#]/.test(text)) return { kind: "invalid", rule: "expected no query and no fragment" };
  return href.endsWith("/") ? href : `${href}/`;
}

/** All items by `read`; complains of each that it cannot read, and of what is there twice. */
function readList(
  value: unknown,
  complain: Complain,
  what: string,
  read: (item: unknown) => string | Complaint,
): string[] | undefined {
  if (!Array.isArray(value)) return complain({ kind: "expected", what: `a list of ${what}` });
  const items: string[] = [];
  for (const [index, item] of value.entries()) {
    const found = read(item);
    if (typeof found !== "string") complain(found, index);
    else if (items.includes(found)) complain({ kind: "duplicate" }, index);
    else items.push(found);
  }
  return items;
}
