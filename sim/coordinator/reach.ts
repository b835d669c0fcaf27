/**
 * Over what a volunteer can be reached, or what a customer needs to be sent there: who came by https is
 * never sent to http, and who came by IPv6 only to a machine that has it.
 */
export interface Reach {
  readonly https?: boolean;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
}

/** As bits, of which a customer's must all be among a volunteer's. */
export function reachBits({ https, ipv4, ipv6 }: Reach): number {
  return (https ? HTTPS : 0) | (ipv4 ? IPV4 : 0) | (ipv6 ? IPV6 : 0);
}

/** Of a volunteer of which nothing is told: there is nothing that it lacks. */
export const ANY_REACH = ~0;

const HTTPS = 1;
const IPV4 = 2;
const IPV6 = 4;

/** What is needed and not there, in words; null where nothing is. */
export function lackOf(needs: number, has: number): string | null {
  const lacks = needs & ~has;
  if (lacks === 0) return null;
  if ((lacks & HTTPS) !== 0) return "has no https";
  return (lacks & IPV6) !== 0 ? "has no IPv6" : "has no IPv4";
}
