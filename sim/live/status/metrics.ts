import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Counts } from "./counts.ts";
import type { HostView, StatusHost, VolunteerStatus } from "./status-host.ts";
import type { Tally } from "./tally.ts";

/** What the metrics are worked out from at a scrape. */
interface Reading {
  readonly tally: Tally;
  readonly view: HostView;
}

type Sample = readonly [labels: readonly (string | number)[], value: number];

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  read(reading: Reading): Iterable<Sample>;
}

/**
 * The metrics of the server and of its process, in the text format of Prometheus. Nothing is counted
 * here: all is read from the tally and from the host when somebody asks.
 *
 * Source: https://prometheus.io/docs/practices/naming/ (units, `_total`).
 */
export class Metrics {
  readonly #host: StatusHost;
  readonly #tally: Tally;
  readonly #registry = new Registry();
  #reading: Reading | null = null;

  constructor(host: StatusHost, tally: Tally) {
    this.#host = host;
    this.#tally = tally;
    collectDefaultMetrics({ register: this.#registry });
    for (const metric of COUNTERS) this.#add(metric, Counter);
    for (const metric of GAUGES) this.#add(metric, Gauge);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    this.#reading = { tally: this.#tally, view: this.#host.view() };
    return this.#registry.metrics();
  }

  #add({ name, help, labels, read }: Metric, Kind: typeof Counter | typeof Gauge): void {
    const reading = () => this.#reading;
    new Kind({
      ...{ name: `mirrorlab_${name}`, help, labelNames: [...labels] },
      registers: [this.#registry],
      collect() {
        const now = reading();
        if (now === null) return;
        this.reset();
        if (labels.length === 0) this.remove(); // Else what is not known would be 0.
        for (const [values, value] of read(now)) {
          this.inc(Object.fromEntries(labels.map((label, at) => [label, values[at]])), value);
        }
      },
    });
  }
}

const COUNTERS: readonly Metric[] = [
  {
    name: "decisions_total",
    help: "What was decided for customers' requests.",
    labels: ["kind", "reason"],
    *read({ tally }) {
      for (const [kind, reasons] of Object.entries(tally.decisions)) {
        for (const [reason, count] of reasons) yield [[kind, reason], count];
      }
    },
  },
  {
    name: "decided_bytes_total",
    help: "Bytes that were asked for, by what was decided.",
    labels: ["kind"],
    read: ({ tally }) => Object.entries(tally.bytes).map(([kind, bytes]) => [[kind], bytes]),
  },
  {
    name: "redirects_total",
    help: "Customers sent to a volunteer.",
    labels: ["volunteer"],
    read: ofVolunteers(({ volunteer }, { redirects }) => redirects.of(volunteer)),
  },
  {
    name: "redirected_bytes_total",
    help: "Bytes that customers were sent to a volunteer for.",
    labels: ["volunteer"],
    read: ofVolunteers(({ volunteer }, { redirectedBytes }) => redirectedBytes.of(volunteer)),
  },
  {
    name: "complaints_total",
    help: "Customers that came back without the file.",
    labels: ["how"],
    read: ({ tally }) => ofCounts(tally.complaints),
  },
  {
    name: "audits_total",
    help: "Copies compared with the server's digest.",
    labels: ["result"],
    read: ({ tally }) => ofCounts(tally.audits),
  },
  {
    name: "audits_failed_total",
    help: "Copies of a volunteer that had another digest than the server's.",
    labels: ["volunteer"],
    read: ofVolunteers(({ volunteer }, { failedAudits }) => failedAudits.of(volunteer)),
  },
  {
    name: "probes_total",
    help: "Requests for a few bytes, to see whether a volunteer answers.",
    labels: ["result"],
    read: ({ tally }) => ofCounts(tally.probes),
  },
  {
    name: "announces_total",
    help: "Announces of volunteers that were heeded.",
    labels: [],
    read: ({ tally }) => [[[], tally.announces]],
  },
  {
    name: "announces_refused_total",
    help: "Announces that were not heeded.",
    labels: ["cause"],
    read: ({ tally }) => ofCounts(tally.refusals),
  },
  {
    name: "requests_total",
    help: "Requests by what was answered.",
    labels: ["answer"],
    read: ({ tally }) => ofCounts(tally.answers),
  },
  {
    name: "responses_total",
    help: "Answers by status code.",
    labels: ["code"],
    *read({ tally: { statuses } }) {
      for (const [code, count] of statuses.entries()) if (count > 0) yield [[code], count];
    },
  },
  {
    name: "journal_unrecorded_answers_total",
    help: "Answers that could not be written to the journal.",
    labels: [],
    read: ({ view }) => [[[], view.journal.unrecorded]],
  },
];

const GAUGES: readonly Metric[] = [
  {
    name: "build_info",
    help: "1; the version of mirrorlab.",
    labels: ["version"],
    read: ({ view }) => [[[view.version], 1]],
  },
  {
    name: "deliveries",
    help: "Files that the server is sending itself.",
    labels: [],
    read: ({ view }) => [[[], view.sending]],
  },
  {
    name: "volunteers",
    help: "Volunteers by state.",
    labels: ["state"],
    read: ({ view }) => view.volunteers.map(({ state }) => [[state], 1]),
  },
  {
    name: "volunteer_transfers",
    help: "Downloads that a volunteer is believed to be sending.",
    labels: ["volunteer"],
    read: ofVolunteers(({ believed }) => believed.transfers),
  },
  {
    name: "volunteer_active_transfers",
    help: "Downloads that a volunteer was sending at its last announce, by its own word.",
    labels: ["volunteer"],
    read: ofVolunteers(({ told }) => told.active),
  },
  {
    name: "volunteer_backlog_bytes",
    help: "Bytes that a volunteer's downloads are believed to have left.",
    labels: ["volunteer"],
    read: ofVolunteers(({ believed }) => believed.backlog),
  },
  {
    name: "volunteer_announce_age_seconds",
    help: "Time since a volunteer's last announce.",
    labels: ["volunteer"],
    read: ofVolunteers(({ announceAge }) => announceAge),
  },
  {
    name: "volunteer_files",
    help: "Files that a volunteer is believed to hold.",
    labels: ["volunteer"],
    read: ofVolunteers(({ files }) => files),
  },
  {
    name: "volunteer_verified_files",
    help: "Files of a volunteer that were compared with the server's digest.",
    labels: ["volunteer"],
    read: ofVolunteers(({ verified }) => verified),
  },
  {
    name: "journal_recording",
    help: "1 if answers are written to the journal, else 0.",
    labels: [],
    read: ({ view }) => [[[], view.journal.isRecording ? 1 : 0]],
  },
  {
    name: "journal_queued_records",
    help: "Records that wait to be written.",
    labels: [],
    read: ({ view }) => [[[], view.journal.queued]],
  },
  {
    name: "journal_bytes",
    help: "Size of the journal that is being written.",
    labels: [],
    read: ({ view }) => [[[], view.journal.bytes]],
  },
  {
    name: "journal_fsync_age_seconds",
    help: "Time since the journal was last made safe against a power loss.",
    labels: [],
    read: ({ view }) => known(view.journal.syncAge),
  },
  {
    name: "catalogue_files",
    help: "Files of the repository.",
    labels: [],
    read: ({ view }) => [[[], view.catalogue.files]],
  },
  {
    name: "catalogue_bytes",
    help: "Size of the repository.",
    labels: [],
    read: ({ view }) => [[[], view.catalogue.bytes]],
  },
  {
    name: "catalogue_version",
    help: "Grows with every change of the repository.",
    labels: [],
    read: ({ view }) => [[[], view.catalogue.version]],
  },
  {
    name: "catalogue_scan_seconds",
    help: "How long the last scan of the repository took.",
    labels: [],
    read: ({ view }) => known(view.catalogue.scanSeconds),
  },
  {
    name: "catalogue_scan_age_seconds",
    help: "Time since the last scan of the repository ended.",
    labels: [],
    read: ({ view }) => known(view.catalogue.scanAge),
  },
  {
    name: "warnings",
    help: "Warnings that the status page shows.",
    labels: [],
    read: ({ view }) => [[[], view.warnings.length]],
  },
];

function ofCounts(counts: Counts): Sample[] {
  return Array.from(counts, ([name, count]) => [[name], count]);
}

/** By the name of the volunteer; of those for which it is not known, none. */
function ofVolunteers(value: (volunteer: VolunteerStatus, tally: Tally) => number | null) {
  return ({ tally, view }: Reading): Sample[] =>
    view.volunteers.flatMap((each) =>
      known(value(each, tally)).map(([, count]): Sample => [[each.name], count]),
    );
}

function known(value: number | null): Sample[] {
  return value === null || !Number.isFinite(value) ? [] : [[[], value]];
}
