import { InFlightByRequest } from "./by-request.ts";
import type { Progress, TransferReport } from "./in-flight.ts";

/**
 * Transfers kept by request, of which announces tell nothing: they end by the customer's next request
 * and by the estimate alone. Of a volunteer that comes back it is known that it is sending nothing.
 */
export class InFlightByRedirect extends InFlightByRequest {
  override readonly sources = { reports: false, redirects: true };

  override report(
    volunteer: number,
    { started }: TransferReport,
    _progress: Progress | null,
    now: number,
  ): void {
    super.report(volunteer, { started }, null, now);
  }
}
