/** Prints what 2.2 million files on 40 volunteers take in a coordinator, names apart. */
import { Coordinator } from "../coordinator/index.ts";
import { bind, policies, policyNamed } from "../policies/index.ts";

const FILES = 2_200_000;
const VOLUNTEERS = 40;

const before = process.memoryUsage.rss();
const host = new Coordinator({
  settings: {
    ...{ uplink: 1e9, timeout: 1e9, inFlight: "by-request" },
    ...{ probeEvery: Number.POSITIVE_INFINITY, placeEvery: Number.POSITIVE_INFINITY },
  },
  policies: {
    dispatch: bind(policyNamed(policies.dispatch, "tracker-informed")),
    replication: bind(policyNamed(policies.replication, "everything")),
    ...{ trust: null, sync: null },
  },
  chance: { stream: () => () => 0.5, fresh: () => () => 0.5, save: () => null, load() {} },
  pathOf: String,
});
host.reserve(FILES);
for (let volunteer = 0; volunteer < VOLUNTEERS; volunteer++) {
  host.register(volunteer, { uplink: 1e8 }, 0);
}
for (let file = 0; file < FILES; file++) {
  host.addFile(file, 1e6, Number.NEGATIVE_INFINITY, 0);
  host.actions.take(() => {});
}
const bitmap = new Uint32Array(Math.ceil(FILES / 32)).fill(0xffffffff);
const report = { uploaded: 0, downloaded: 0, left: 0, completed: [], dropped: [] };
for (let volunteer = 0; volunteer < VOLUNTEERS; volunteer++) {
  host.announce(volunteer, { ...report, started: true, holds: { bitmap } }, 0);
}
for (let file = 0; file < FILES; file += 10) host.ask(file, file, 1e6, 0, 1);
// A change and a comparison of each thousandth file, so that every table is there.
for (let file = 0; file < FILES; file += 1000) {
  host.changeFile(file, 1e6, 2);
  host.audited(file % VOLUNTEERS, FILES - 1 - file, "passed", 2);
}
const figures = { bytes: host.bytes, residentBytes: process.memoryUsage.rss() - before };
console.log(JSON.stringify(figures));
