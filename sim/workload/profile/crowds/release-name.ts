import type { Release } from "../releases.ts";

/** A release's name: its distribution, if known, and when it came. */
export function releaseName({ distribution, at }: Pick<Release, "distribution" | "at">): string {
  const days = Math.floor(at / 86_400);
  const clock = [(at % 86_400) / 3600, (at % 3600) / 60]
    .map((part) => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
  return `${distribution === "" ? "release" : distribution} at ${days} d ${clock}`;
}
