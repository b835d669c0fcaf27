import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Decision } from "../parts.ts";
import { History, SAMPLES } from "./history.ts";
import { Status } from "./status.ts";
import { type StatusData, statusData } from "./status-data.ts";
import type { HostView, StatusHost, VolunteerState, VolunteerStatus } from "./status-host.ts";
import { Tally } from "./tally.ts";

/** A text that must never become markup. */
export const HOSTILE = `<img src=x onerror="document.title='x'">&'`;

/** A volunteer that is well, but for what is said otherwise. */
export function volunteer(number: number, other: Partial<VolunteerStatus> = {}): VolunteerStatus {
  return {
    volunteer: number,
    name: `mirror-${number}`,
    address: `https://mirror-${number}.example.org/debian/`,
    state: "ready",
    excluded: null,
    announceAge: 4,
    believed: { transfers: 2, backlog: 3e6, rate: 1e6 },
    told: { active: 3, uploadRate: 5e5, syncRate: 0, left: 0 },
    uplink: 2e6,
    files: 1000,
    verified: 250,
    ...other,
  };
}

/** A host in good order, but for what is said otherwise. */
export function hostView(other: Partial<HostView> = {}): HostView {
  return {
    name: "https://deb.example.org/",
    version: "0.1.0",
    policies: ["sticky+tracker-informed", "everything", "sampled-audit"],
    uptime: 273_600,
    sending: 1,
    volunteers: [volunteer(0), volunteer(1)],
    journal: {
      isRecording: true,
      problem: null,
      file: "/var/lib/mirrorlab/journal/000007.journal",
      records: 2_114_008,
      bytes: 158_550_600,
      unrecorded: 0,
      queued: 3,
      syncAge: 0.4,
      snapshotAge: 5430,
    },
    catalogue: {
      root: "/srv/debian",
      files: 2_214_310,
      bytes: 5.41e12,
      version: 42,
      scanSeconds: 71.3,
      scanAge: 1260,
      scanned: null,
    },
    warnings: [],
    ...other,
  };
}

/** A host of which all is as it was given; its clock is set by hand. */
export class FakeHost implements StatusHost {
  time = 0;
  shown: HostView;

  constructor(view: HostView = hostView()) {
    this.shown = view;
  }

  now(): number {
    return this.time;
  }
  view(): HostView {
    return this.shown;
  }
  path(file: number): string {
    return file === 0
      ? `pool/main/${HOSTILE}.deb`
      : `pool/main/l/linux-signed-amd64/linux-image-6.1.0-${file}-amd64_6.1.90-${file}_amd64.deb`;
  }
  size(file: number): number {
    return 70_000_000 / (1 + file);
  }
  holders(file: number): number {
    return this.shown.volunteers.length - (file % 3);
  }
}

/** A server with nothing but the status, on a free port. */
export async function served(
  host: StatusHost,
  tally: Tally,
  {
    isAllowed = () => true,
    metricsFile = -1,
  }: { isAllowed?: (request: IncomingMessage) => boolean; metricsFile?: number } = {},
) {
  const catalogue = { find: (path: string) => (path === "metrics" ? metricsFile : -1) };
  const status = new Status({ host, tally, catalogue, isAllowed });
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    if (!(await status.handler(request, response, url))) response.writeHead(404).end("left\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    status,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      status.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const STATES: readonly VolunteerState[] = ["ready", "ready", "ready", "silent", "excluded"];
const EXCLUDED = { silent: "has not announced itself", excluded: "failed an audit" };

/** An hour of a flash crowd with many volunteers, in which nearly everything happens that can. */
export function busyHost(): { readonly host: FakeHost; readonly tally: Tally } {
  const volunteers = Array.from({ length: 14 }, (_, at) => {
    const state = at === 13 ? "new" : STATES[(at * 3) % STATES.length];
    const load = (at * 7) % 12;
    return volunteer(at, {
      name:
        at === 2 ? HOSTILE : (["tuxfamily", "uni-freiburg", "hs-esslingen"][at] ?? `kernel-${at}`),
      address: `https://mirror${at}.example.org/pub/linux/debian/`,
      state,
      excluded: EXCLUDED[state as keyof typeof EXCLUDED] ?? null,
      announceAge: state === "new" ? null : state === "silent" ? 1900 * at : 2.4 * at + 1,
      believed: { transfers: load, backlog: 1.37e7 * load, rate: 1e6 + 4.1e5 * load },
      told: {
        active: at % 4 === 1 ? null : load + (at % 2),
        uploadRate: 9e5 * load,
        syncRate: at === 6 ? 2.5e6 : 0,
        left: at === 6 ? 4.1e10 : 0,
      },
      uplink: at % 3 === 0 ? 1.25e8 : 1.25e7,
      files: at === 13 ? 0 : 2_214_310 - 91_000 * at,
      verified: at === 13 ? 0 : 812 * (14 - at),
    });
  });
  const host = new FakeHost(
    hostView({
      volunteers,
      warnings: [
        { age: 75, text: `the token of ${HOSTILE} was refused`, times: 12 },
        { age: 8000, text: "pool/main/x/xz-utils changed while it was read", times: 1 },
      ],
    }),
  );
  const tally = new Tally(0);
  return { host, tally };
}

const REASONS: readonly (readonly [Decision["kind"], string, number])[] = [
  ["redirect", "least expected wait", 300],
  ["redirect", "same volunteer as before", 120],
  ["redirect", "idle", 60],
  ["serve", "no candidate", 25],
  ["serve", "two volunteers were tried", 8],
  ["serve", "fresh", 6],
  ["later", "server is full", 3],
  ["redirect", "only candidate", 2],
];

/** Lets an hour pass: `sample` is called every ten seconds. */
export function passHour({ host, tally }: ReturnType<typeof busyHost>, sample: () => void): void {
  for (let at = 1; at <= SAMPLES; at++) {
    const crowd = 1 + 5 * Math.exp(-(((at - 250) / 40) ** 2)) + 0.3 * Math.sin(at / 2);
    for (const [kind, reason, weight] of REASONS) {
      for (let n = 0; n < (weight * crowd) / 20; n++) {
        const to = kind === "redirect" ? (7 * n + at) % 13 : -1;
        const file = n % 4 === 0 ? (at + n) % 30 : n % 3;
        tally.decided({ kind, volunteer: to, reason, retryAfter: 0 }, file, 7e7 / (1 + file));
        tally.answered(kind === "serve" ? "file" : kind, kind === "redirect" ? 302 : 200);
      }
    }
    for (const answer of ["metadata", "304", "meta4", "404"]) tally.answered(answer, 200);
    tally.announced();
    if (at % 9 === 0) tally.complained("asked again");
    if (at % 20 === 0) tally.refused(at % 40 === 0 ? "counter is not larger" : "wrong signature");
    tally.audited(4, at % 50 === 0 ? "failed" : "passed");
    tally.probed(at % 60 !== 0);
    host.time += 10;
    sample();
  }
}

/** The data of such an hour. */
export function busyData(): StatusData {
  const busy = busyHost();
  const history = new History(busy.tally, 0);
  passHour(busy, () => history.sample(busy.host.time, 14, 0));
  return statusData(busy.host, busy.tally, history, new Date("2026-12-01T12:30:05Z"));
}
