import type { AuditResult } from "../../coordinator/index.ts";
import type { Decision } from "../parts.ts";
import { Counts, Sums } from "./counts.ts";
import { FrequentFiles } from "./frequent-files.ts";

/**
 * What has happened since the server was started, as plain counts that are read when somebody looks. The
 * other rooms tell of it through the host; none of these calls allocates or waits.
 */
export class Tally {
  /** By reason. */
  readonly decisions: Readonly<Record<Decision["kind"], Counts>> = {
    ...{ redirect: new Counts(), serve: new Counts(), later: new Counts() },
  };
  /** Bytes that were asked for. */
  readonly bytes: Record<Decision["kind"], number> = { redirect: 0, serve: 0, later: 0 };
  /** By volunteer. */
  readonly redirects = new Sums();
  readonly redirectedBytes = new Sums();
  readonly failedAudits = new Sums();
  readonly audits = new Counts();
  readonly probes = new Counts();
  /** By what the customer came back for. */
  readonly complaints = new Counts();
  /** By cause. */
  readonly refusals = new Counts();
  /** By what was answered: redirect, file, metadata, meta4, … */
  readonly answers = new Counts();
  /** By status code, from 0 to 999. */
  readonly statuses = new Float64Array(1000);
  readonly files: FrequentFiles;
  announces = 0;

  /** `now`: host time, in seconds. */
  constructor(now: number) {
    this.files = new FrequentFiles(now);
  }

  /** A customer asked for so many bytes of a file, and this was decided. */
  decided({ kind, volunteer, reason }: Decision, file: number, bytes: number): void {
    this.decisions[kind].add(reason);
    this.bytes[kind] += bytes;
    this.files.add(file);
    if (kind !== "redirect") return;
    this.redirects.add(volunteer, 1);
    this.redirectedBytes.add(volunteer, bytes);
  }

  /** A request was answered: `answer` in a word, such as `redirect`, and the status code. */
  answered(answer: string, status: number): void {
    this.answers.add(answer);
    this.statuses[status]++;
  }

  /** A customer came back without the file, such as by asking again. */
  complained(how: string): void {
    this.complaints.add(how);
  }

  audited(volunteer: number, result: AuditResult): void {
    this.audits.add(result);
    if (result === "failed") this.failedAudits.add(volunteer, 1);
  }

  probed(isAnswered: boolean): void {
    this.probes.add(isAnswered ? "answered" : "unanswered");
  }

  announced(): void {
    this.announces++;
  }

  /** An announce was not heeded; `cause` in few words, never the volunteer's own. */
  refused(cause: string): void {
    this.refusals.add(cause);
  }
}
