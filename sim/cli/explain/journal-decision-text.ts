import type { ToldCandidate, ToldDecision } from "../../replay/decisions/told-decision.ts";
import { formatTime, formatValue } from "../../report/format.ts";
import { aligned } from "../aligned.ts";

/** One decision and all that it was made from, for a terminal. */
export function decisionText(told: ToldDecision): string {
  const { journal, line, at, time, customer, path, bytes } = told;
  const day = time === null ? "" : `, ${time}`;
  const size = bytes === 0 ? "without its bytes" : formatValue(bytes, "bytes");
  const parts = [
    `${journal}:${line}: at ${timeText(at)}${day}, customer ${customer} asked for ${plain(path)} (${size})`,
    aligned([
      [
        "sent to",
        told.kind === "later" ? `nobody, but back in ${told.retryAfter} s` : plain(told.name),
      ],
      ["because", told.reason],
      ...(told.recorded === null ? [] : [["the journal", `says ${told.recorded} instead`]]),
      ["candidates", `${told.candidates.length} of ${countOf(told)} volunteers`],
      ...serverRow(told),
    ]),
    candidatesTable(told),
    exclusionsTable(told),
    `again: npx sim explain ${journal} --request ${line}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function countOf({ candidates, exclusions }: ToldDecision): number {
  return candidates.length + exclusions.length;
}

function serverRow({ server, where }: ToldDecision): string[][] {
  const from = where === 0 ? [] : [["whereabouts", `number ${where}`]];
  if (server === null) return [...from, ["no policy", "was asked: the server decides this itself"]];
  const { sending, uplink } = server;
  const files = sending === 1 ? "1 file" : `${sending} files`;
  return [...from, ["the server", `was sending ${files}, with ${formatValue(uplink, "bytes/s")}`]];
}

function candidatesTable({ candidates, kind, volunteer }: ToldDecision): string {
  if (candidates.length === 0) return "";
  const header = [
    ...["CANDIDATE", "", "belief", "announced", "downloads", "left to send", "ahead"],
    ...["has shown", "offers", "told", "syncing"],
  ];
  const rows = candidates.map((each) => {
    const isChosen = kind === "redirect" && each.volunteer === volunteer;
    return [plain(each.name), isChosen ? "← chosen" : "", ...believed(each)];
  });
  const aligns = header.map((_, at) => (at < 3 ? "left" : "right"));
  return aligned([header, ...rows], aligns);
}

function believed(candidate: ToldCandidate): string[] {
  const { belief, age, transfers, foreign, backlog, ahead, rate, uplink } = candidate;
  const { uploadRate, syncRate } = candidate;
  return [
    belief,
    Number.isFinite(age) ? `${formatValue(age, "s")} ago` : "never",
    foreign === 0 ? String(transfers) : `${transfers}, ${foreign} of others`,
    ...[backlog, ahead].map((bytes) => formatValue(bytes, "bytes")),
    ...[rate, uplink, uploadRate].map((speed) => formatValue(speed, "bytes/s")),
    syncRate === 0 ? "no" : formatValue(syncRate, "bytes/s"),
  ];
}

function exclusionsTable({ exclusions }: ToldDecision): string {
  if (exclusions.length === 0) return "";
  return aligned([
    ["EXCLUDED", "because it"],
    ...exclusions.map((each) => [plain(each.name), each.reason]),
  ]);
}

/** A name that others chose, without what a terminal would obey. */
function plain(name: string): string {
  return name.replace(/\p{Cc}/gu, "\ufffd");
}

/** Host time, as experiments write it, and in seconds. */
export function timeText(at: number): string {
  return at < 60 ? `${at} s` : `${formatTime(at)} (${at} s)`;
}
