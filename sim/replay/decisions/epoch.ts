/**
 * The time of day at host time 0, in milliseconds since 1970, as a server keeps it in its snapshots; null
 * where the host has kept none.
 */
export function epochIn(host: unknown): number | null {
  const { epoch } = (host ?? {}) as { readonly epoch?: unknown };
  return typeof epoch === "number" ? epoch : null;
}
