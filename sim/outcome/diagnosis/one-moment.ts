import { formatValue } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { demands } from "./evidence.ts";
import { counted } from "./words.ts";

/** Seconds in which the requests of no log come that has kept its times. */
const MOMENT = 1;
/** Requests of which nothing follows. */
const FEW = 10;

export const oneMoment: Diagnosis = {
  id: "one-moment",
  looksAt: "when the requests of a log come",
  find(evidence) {
    for (const [{ trace }, [{ variant }]] of demands(evidence)) {
      const { requests, time } = trace;
      if (!("log" in variant.workload) || requests < FEW) continue;
      const seconds = time[requests - 1] - time[0];
      if (seconds > MOMENT) continue;
      return (
        `All ${counted(requests)} requests of the log come within ${formatValue(seconds, "s")}: were ` +
        "times taken out of it? Nothing that has to do with time, such as delays, peaks or visits, is " +
        "that of its server"
      );
    }
    return null;
  },
};
