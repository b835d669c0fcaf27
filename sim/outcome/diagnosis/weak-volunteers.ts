import { formatValue } from "../../report/format.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { asksVolunteers, type CellEvidence } from "./evidence.ts";
import { span, where } from "./words.ts";

/** Of the server's uplink: volunteers with less together cannot relieve it. */
const WEAK = 0.1;

export const weakVolunteers: Diagnosis = {
  id: "weak-volunteers",
  looksAt: "what volunteers can send, beside the server",
  find({ cells }) {
    const among = cells.filter(asksVolunteers);
    const affected = among.filter((each) => togetherOf(each) < WEAK * serverOf(each));
    if (affected.length === 0) return null;
    const rate = (value: number) => formatValue(value, "bytes/s");
    return (
      `All volunteers together can send ${span(affected.map(togetherOf), rate)}${where(affected, among)}, and ` +
      `the server ${span(affected.map(serverOf), rate)}: whatever is decided, they relieve it little; more of ` +
      "them, or wider uplinks, would"
    );
  },
};

function togetherOf({ variant }: CellEvidence): number {
  const { volunteers, changes = [] } = variant.system;
  const inAll = [volunteers, ...changes.map((change) => change.volunteers)].map((classes) =>
    classes.reduce((sum, { count, uplink }) => sum + count * uplink, 0),
  );
  return Math.max(...inAll);
}

function serverOf({ variant }: CellEvidence): number {
  return variant.system.server.uplink;
}
