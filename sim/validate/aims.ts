/** The measures, in the order they are shown, and the median error that each aims at. */
export const AIMS = [
  { name: "A.bulk", aim: 0.05, what: "seconds of a download of 1 MB or more" },
  { name: "A.small", aim: 0.12, what: "seconds of a smaller download or a train, RTT 40 ms" },
  { name: "A.all", aim: 0.12, what: "seconds of a download or a train" },
  { name: "B.bytes", aim: 0.05, what: "bytes rsync sends, by block size" },
  { name: "B.time", aim: 0.1, what: "seconds rsync takes" },
  { name: "C.finish", aim: 0.2, what: "seconds until the last leecher has finished" },
  { name: "C.serverBytes", aim: 0.2, what: "bytes the seed sends" },
  { name: "D.scenario", aim: 0.08, what: "mean seconds of a redirected request" },
  { name: "D.request", aim: 0.12, what: "seconds of a redirected request" },
  { name: "E.rate", aim: 0.1, what: "bytes per second, one chunk asked for at a time" },
] as const;

export type MeasureName = (typeof AIMS)[number]["name"];

export function aimOf(name: MeasureName): number {
  return AIMS.find((known) => known.name === name)?.aim ?? Number.NaN;
}
