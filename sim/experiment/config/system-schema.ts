/** What an experiment says about the system under study: the source of every default of `system:`. */
import * as z from "zod";
import {
  IN_FLIGHT_KNOWLEDGE,
  MANIFESTS,
  SYNC_METHODS,
  TRANSFER_REPORTS,
} from "../../model/system.ts";
import { backgroundTraffic } from "./background-field.ts";
import { conductSchema } from "./conduct-schema.ts";
import type { StudiedSystem } from "./experiment.ts";
import {
  count,
  flag,
  NOT_NEGATIVE,
  oneOf,
  oneOrMore,
  orElse,
  POSITIVE,
  quantity,
  ratio,
  SHARE,
  text,
} from "./field.ts";
import { onOff } from "./law-field.ts";
import { withoutDuplicates, withRule } from "./rule.ts";
import { siteName, sitesSchema, unlimited } from "./sites-schema.ts";
import { transportSchema } from "./transport-schema.ts";

/** How far shares may miss the sum of 1, for the sake of thirds. */
const SHARE_TOLERANCE = 1e-9;

function price() {
  return ratio(NOT_NEGATIVE)
    .prefault(0)
    .describe("What a gigabyte costs that it sends, in units of the experiment's own.");
}

const server = z.strictObject({
  uplink: quantity("rate", POSITIVE).describe("What the server can send, in bytes/s."),
  redirectors: count({ min: 1, max: 1000 })
    .prefault(1)
    .describe(
      "Machines that redirect customers. Each knows the redirects and complaints of its own customers " +
        "only; announces reach all, and the first alone tells volunteers what to do.",
    ),
  price: price(),
  site: siteName(),
  failures: onOff("When it does not answer. Never if absent."),
  background: backgroundTraffic,
});

const volunteerClass = z.strictObject({
  name: text().describe("Name of the class in results."),
  count: count({ min: 0, max: 100_000 }).describe(
    "Volunteers in the class; 0 where changes bring the first.",
  ),
  uplink: quantity("rate", POSITIVE).describe("What one of them can send, in bytes/s."),
  downlink: quantity("rate", POSITIVE).describe("What one of them can receive, in bytes/s."),
  shared: unlimited(
    "What the connection of the department carries in both directions together, in bytes/s. " +
      "No such limit if absent.",
  ),
  site: siteName(),
  deliveryRate: unlimited(
    "What all deliveries of one of them together may take, in bytes/s. No such limit if absent.",
  ),
  transferRate: unlimited(
    "What one delivery may take, in bytes/s, as nginx's limit_rate. No such limit if absent.",
  ),
  disk: orElse(quantity("size", NOT_NEGATIVE), Number.POSITIVE_INFINITY).describe(
    "Bytes of disk for files. No such limit if absent, and then nothing is deleted.",
  ),
  caches: flag()
    .prefault(false)
    .describe("Whether they fetch what they are asked for and do not hold, as a cache does."),
  price: price(),
  weight: ratio(NOT_NEGATIVE)
    .prefault(100)
    .describe("Share of requests that the operator wants one to get, relative to 100."),
  coverage: ratio(SHARE)
    .prefault(1)
    .describe("Share of the catalogue that the mirror covers: 1 for a complete mirror."),
  conduct: conductSchema
    .prefault({})
    .describe("How far they are not what they seem. Honest if absent."),
  sessions: onOff("Sessions of a volunteer that comes and goes. Always online if absent."),
  background: backgroundTraffic,
});

const volunteers = withoutDuplicates(z.array(volunteerClass), "name");

const placement = z.strictObject({
  every: quantity("duration", POSITIVE)
    .prefault("6 h")
    .describe("Seconds between two looks at who is to hold what."),
});

const synchronisation = z.strictObject({
  every: quantity("duration", POSITIVE)
    .prefault("1 d")
    .describe("Seconds between two synchronisations of a volunteer."),
  first: quantity("duration", NOT_NEGATIVE)
    .prefault("2 h")
    .describe("Start of the first volunteer's first one, in seconds from the start of the window."),
  spread: quantity("duration", NOT_NEGATIVE)
    .prefault("4 h")
    .describe("Seconds over which the starts are spread evenly, volunteer by volunteer."),
  walk: quantity("duration", NOT_NEGATIVE)
    .prefault("0.54 h")
    .describe(
      "Seconds to walk the file list before the first byte is asked for. " +
        "By default the shortest daily synchronisation of the abstract's edge node.",
    ),
  list: quantity("size", NOT_NEGATIVE)
    .prefault(0)
    .describe(
      "Bytes of the list of files that the server sends a complete mirror during the walk, and a " +
        "partial one in proportion.",
    ),
  manifest: oneOf("manifest", MANIFESTS)
    .prefault("full")
    .describe(
      "What is walked and listed: `full`, all files; `changes`, where the server knows what a mirror " +
        "lacks and pushes a list of that, for which walk and list are as much shorter.",
    ),
  yields: flag()
    .prefault(false)
    .describe("Whether deliveries are served first, and synchronisation gets what they leave."),
  rate: unlimited(
    "What one volunteer's synchronisation may take, in bytes/s, as rsync's --bwlimit. " +
      "No such limit if absent.",
  ),
  weight: ratio(POSITIVE)
    .prefault(1)
    .describe("Weight of a synchronisation against a delivery on a link they share."),
  method: oneOrMore("method", SYNC_METHODS)
    .prefault("whole")
    .describe("How files are fetched: one method or a list; each makes cells of its own."),
  batch: quantity("size", NOT_NEGATIVE)
    .prefault(0)
    .describe(
      "Bytes up to which files come in one go; 0: one by one. It saves events in large repositories; " +
        "a file counts as there when its batch is. Swarms with it have one torrent for all that is " +
        "released together, which each volunteer begins at a place of its own.",
    ),
  superSeeding: flag()
    .prefault(false)
    .describe(
      "Whether the server gives a swarm only what nobody in it has or is fetching (BEP 16); else it " +
        "also fills what the others leave of a receiver's downlink.",
    ),
  fuzzy: flag()
    .prefault(false)
    .describe("Whether rsync looks for an earlier version under another name (--fuzzy)."),
  rtt: quantity("duration", NOT_NEGATIVE)
    .prefault("20 ms")
    .describe("Round-trip time between a volunteer and any other machine, in seconds."),
});

const tracker = withRule(
  z.strictObject({
    interval: quantity("duration", POSITIVE)
      .prefault("30 min")
      .describe(
        "Seconds between two announces of a volunteer. " +
          "By default BitTornado's reannounce_interval.",
      ),
    timeout: quantity("duration", POSITIVE)
      .prefault("45 min")
      .describe(
        "Seconds without an announce after which a volunteer is taken to be gone; " +
          "at least the interval. By default BitTornado's timeout_downloaders_interval.",
      ),
    completed: flag()
      .prefault(false)
      .describe(
        "Whether a volunteer announces itself, too, as soon as files are complete (BEP 3).",
      ),
    together: flag()
      .prefault(false)
      .describe(
        "Whether all volunteers announce themselves at the same times, as on a bulletin board that " +
          "is written anew; else each at times of its own.",
      ),
    lost: ratio(SHARE).prefault(0).describe("Share of announces that do not arrive."),
    probe: orElse(quantity("duration", POSITIVE), Number.POSITIVE_INFINITY).describe(
      "Seconds between two probes of a volunteer by the server. No probes if absent.",
    ),
    reports: oneOf("report", TRANSFER_REPORTS)
      .prefault("totals")
      .describe(
        "What announces tell of transfers: totals of bytes; with `active`, how many are being sent, " +
          "too; with `receipts`, those that have ended, too, as lines of an access log.",
      ),
    inFlight: oneOf("rule", IN_FLIGHT_KNOWLEDGE)
      .prefault("by-request")
      .describe(
        "By what the server knows which transfers are in flight: by its redirects and what " +
          "volunteers announce (`by-request`, or `next-request` as in the first version); by its " +
          "`redirects` alone; by the last `reports` alone, and nothing since; by nothing (`none`); " +
          "or `truth`: an oracle that reads the simulator's state, which no server could have.",
      ),
  }),
  [["interval"], ["timeout"]],
  ({ interval, timeout }, complainAt) => {
    if (timeout >= interval) return;
    const rule = `less than the interval of ${interval} seconds`;
    complainAt(["timeout"], { kind: "invalid", rule });
  },
);

const customerClass = z.strictObject({
  share: ratio(SHARE).describe("Share of all customers; the shares sum to 1."),
  downlink: quantity("rate", POSITIVE).describe("What one of them can receive, in bytes/s."),
  site: siteName(),
  receiveWindow: orElse(quantity("size", POSITIVE), Number.POSITIVE_INFINITY).describe(
    "Bytes that one of them is ready to hold, where receiveWindow is on. No limit if absent.",
  ),
});

const customerClasses = withRule(z.array(customerClass), [], (classes, complainAt) => {
  const shares = classes.map((customer) => (customer as Partial<typeof customer> | null)?.share);
  if (!shares.every((share) => typeof share === "number")) return;
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) <= SHARE_TOLERANCE) return;
  complainAt([], { kind: "other", text: `invalid sum of shares: ${+sum.toPrecision(12)}; not 1` });
});

const uploads = z.strictObject({
  uplink: quantity("rate", POSITIVE).describe("What one of them can send, in bytes/s."),
  slots: count({ min: 1, max: 1000 }).prefault(4).describe("Files that one sends at a time."),
  stays: quantity("duration", POSITIVE)
    .prefault("1 h")
    .describe("Seconds that one stays after it has completed its last file."),
  price: price(),
});

const customers = z.strictObject({
  classes: customerClasses.describe("Customers alike in their downlink."),
  rtt: quantity("duration", NOT_NEGATIVE)
    .prefault("20 ms")
    .describe("Round-trip time between a customer and any other machine, in seconds."),
  parallel: count({ min: 1, max: 1000 })
    .prefault(1)
    .describe("Downloads that a customer runs at once; further ones wait their turn."),
  keepAlive: flag()
    .prefault(false)
    .describe("Whether tools use a connection again that leads to the same machine."),
  uploads: orElse(uploads, null).describe(
    "How customers pass on what they have. They do not if absent.",
  ),
  timeout: quantity("duration", NOT_NEGATIVE)
    .prefault("30 s")
    .describe(
      "Seconds a customer waits for a machine that does not answer. " +
        "By default apt's Acquire::http::Timeout.",
    ),
  patience: quantity("duration", POSITIVE)
    .prefault("1 d")
    .describe("Seconds after which a customer gives up a request."),
  attempts: count({ min: 1, max: 100 })
    .prefault(3)
    .describe("Attempts at a request: the first where the server redirects to, the others there."),
});

const system = z.strictObject({
  server: server.describe("The repository server."),
  sites: sitesSchema,
  volunteers: volunteers.describe("Classes of volunteers, each alike in its machines."),
  placement: placement.prefault({}).describe("How placement follows age and demand."),
  synchronisation: synchronisation.prefault({}).describe("How volunteers fetch what is new."),
  tracker: tracker.prefault({}).describe("How the tracker learns about volunteers."),
  customers: customers.describe("Those who download."),
  transport: transportSchema.prefault({}).describe("What makes transfers differ from a fluid."),
}) satisfies z.ZodType<StudiedSystem>;

/** Machines stand in sites that there are. */
export const systemSchema = withRule(
  system,
  [["sites"], ["server"], ["volunteers"], ["customers"]],
  ({ sites, server, volunteers, customers }, complainAt) => {
    const known = sites.classes.map(({ name }) => name);
    const check = (site: string | null, ...path: (string | number)[]) => {
      if (site === null || known.includes(site)) return;
      complainAt([...path, "site"], { kind: "unknown", what: "site", found: site, known });
    };
    check(server.site, "server");
    for (const [index, { site }] of volunteers.entries()) check(site, "volunteers", index);
    for (const [index, { site }] of customers.classes.entries()) {
      check(site, "customers", "classes", index);
    }
  },
);
