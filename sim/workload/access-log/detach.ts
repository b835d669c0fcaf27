/**
 * A copy of a string. In V8 a piece of a string keeps the whole string in memory; what is kept from
 * a log would keep the log.
 */
export function detach(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
