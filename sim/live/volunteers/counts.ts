import type { AuditResult } from "../../coordinator/index.ts";

/** What has happened at the volunteers' desk since it was opened, in numbers for who watches it. */
export class Counts {
  registrations = 0;
  announces = 0;
  /** Paths of announces that the repository does not have. */
  unknownPaths = 0;
  readonly audits: Record<AuditResult, number> = { passed: 0, failed: 0, unanswered: 0 };
  readonly probes = { answered: 0, unanswered: 0 };
  /** Requests refused, by status. */
  readonly refusals = new Map<number, number>();

  refuse(status: number): void {
    this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
  }
}
