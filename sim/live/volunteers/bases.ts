import ipaddr from "ipaddr.js";

/** Addresses as a volunteer gave them, in their usual form, or all that is wrong with them. */
export type Bases = { readonly bases: readonly string[] } | { readonly errors: readonly string[] };

/**
 * Checks where a volunteer says that it can be reached. The server fetches from there and sends customers
 * there, so an address is one that they can reach too: one of this machine's own only from this machine.
 *
 * @param allowed What addresses begin with; undefined for anything.
 * @param server The server's own address, where nobody is sent in a circle.
 * @param from The address that the request came from.
 */
export function basesOf(
  urls: readonly string[],
  allowed: readonly string[] | undefined,
  server: string,
  from: string,
): Bases {
  const bases: string[] = [];
  const errors: string[] = [];
  for (const [at, text] of urls.entries()) {
    const url = URL.canParse(text) ? new URL(text) : null;
    const problem = url === null ? "expected an absolute address" : problemOf(url, text, from);
    if (problem !== null || url === null) {
      errors.push(`urls.${at}: ${problem}`);
      continue;
    }
    const base = withSlash(url.href);
    if (base === withSlash(server)) errors.push(`urls.${at}: is the server's own address`);
    else if (allowed?.some((prefix) => base.startsWith(withSlash(prefix))) === false) {
      errors.push(`urls.${at}: expected it to begin with ${allowed.join(" or ")}`);
    } else if (bases.includes(base)) errors.push(`urls.${at}: duplicate: ${base}`);
    else bases.push(base);
  }
  return errors.length > 0 ? { errors } : { bases };
}

function problemOf(url: URL, text: string, from: string): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:") return "expected http or https";
  if (url.username !== "" || url.password !== "") return "expected no user and no password";
  if (/[?#]/.test(text)) return "expected no query and no fragment";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const range = host === "localhost" ? "loopback" : rangeOf(host);
  if (UNREACHABLE.has(range)) return `nobody can be sent to an address that is ${range}`;
  if (range === "loopback" && rangeOf(from) !== "loopback") {
    return "an address of this machine itself is for volunteers on it";
  }
  return null;
}

const UNREACHABLE = new Set(["unspecified", "broadcast", "multicast", "linkLocal"]);

/** What kind of address it is, as ipaddr.js names it; "" for a name. */
function rangeOf(host: string): string {
  return ipaddr.isValid(host) ? ipaddr.process(host).range() : "";
}

function withSlash(address: string): string {
  return address.endsWith("/") ? address : `${address}/`;
}

/** Where a file is behind a base: each part of its path encoded. */
export function addressOf(base: string, path: string): string {
  return base + path.split("/").map(encodeURIComponent).join("/");
}
