/** What an experiment says about how bytes move: the causes by which a transfer is not a fluid. */
import * as z from "zod";
import type { TransportSpec } from "../../model/system.ts";
import { CAUSE_TEXTS, CAUSES, type Cause, USUAL } from "../../network/http/causes.ts";
import { SEGMENT_ON_WIRE } from "../../network/wire.ts";
import { flag, POSITIVE, quantity } from "./field.ts";

/** Full segments that wait before a link: the queue of the testbed's shapers. */
const QUEUE_PACKETS = 50;

/** Bytes of burst that the testbed gives a slow shaper: ten segments. */
const BURST_PACKETS = 10;

const switched = (cause: Cause) =>
  flag().prefault(USUAL[cause]).describe(`Whether ${CAUSE_TEXTS[cause]}.`);

const flags = Object.fromEntries(CAUSES.map((cause) => [cause, switched(cause)])) as Record<
  Cause,
  ReturnType<typeof switched>
>;

export const transportSchema = z
  .strictObject({
    ...flags,
    queueLength: quantity("size", POSITIVE)
      .prefault(`${QUEUE_PACKETS * SEGMENT_ON_WIRE} B`)
      .describe(
        "Bytes of drop-tail queue before each link, where queueWait, roundTripShares or lossLuck " +
          "is on. By default 50 full segments.",
      ),
    burstSize: quantity("size", POSITIVE)
      .prefault(`${BURST_PACKETS * SEGMENT_ON_WIRE} B`)
      .describe(
        "Bytes that a link lets through at once after a rest, where burst is on. " +
          "By default ten full segments.",
      ),
  })
  .transform(
    ({ queueLength, burstSize, ...causes }): TransportSpec => ({
      causes,
      queue: queueLength,
      burst: burstSize,
    }),
  );
