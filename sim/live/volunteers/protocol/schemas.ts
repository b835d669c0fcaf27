import { z } from "zod";

/** Paths in one list of an announce, at most; more are told in the next one. */
export const MOST_LISTED = 100_000;

const bytes = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const rate = z.number().positive().max(Number.MAX_SAFE_INTEGER);
const seconds = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const whole = z.int().min(0);
const path = z.string().min(1).max(4096);
const paths = z.array(path).max(MOST_LISTED);

/** What a volunteer offers. */
export const REGISTRATION = z.strictObject({
  urls: z
    .array(z.string().min(1).max(2048))
    .min(1)
    .max(8)
    .describe("What paths are put behind: absolute, http or https, no user, query or fragment."),
  uplink: rate.describe("Bytes per second that it can send."),
  shared: rate
    .optional()
    .describe("Bytes per second of the line that sending and fetching share; absent: no limit."),
  disk: bytes.optional().describe("Bytes for files that it is told to hold; absent: no limit."),
  caches: z
    .boolean()
    .optional()
    .describe("Whether it fetches what it does not hold, and so can be asked for everything."),
  covers: z
    .array(z.string().max(4096))
    .max(1000)
    .optional()
    .describe("Folders of which it may be told to hold files; [] for none, absent for all."),
  volatile: z.boolean().optional().describe("Whether it comes and goes."),
  availability: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe("Share of time that it is on line; absent: 1."),
  ipv4: z.boolean().optional().describe("Whether it has IPv4; absent: true."),
  ipv6: z.boolean().optional().describe("Whether it has IPv6; absent: false."),
});

export type Registration = z.infer<typeof REGISTRATION>;

export const REGISTERED = z.strictObject({
  interval: seconds.describe("Seconds between two announces."),
  time: whole.describe("The server's time, in milliseconds since 1970."),
  manifest: whole.describe("The version of the repository."),
});

const RECEIPT = z
  .strictObject({
    address: z.string().max(64).describe("Of the client; not kept."),
    agent: z.string().max(4096).describe("What the client calls itself (User-Agent); not kept."),
    path,
    bytes: bytes.describe("Bytes of the file sent; 0 where the status was an error."),
    ago: seconds.describe("Seconds since it ended."),
  })
  .describe("A line of the access log: a download that has ended since the last announce.");

const HOLDS = z
  .union(
    [
      z.strictObject({
        manifest: whole.describe("A version of the repository, of which it has all."),
        except: paths.optional().describe("Files of that version that it has not."),
      }),
      z.strictObject({ paths, manifest: whole.optional().describe("The version they are of.") }),
    ],
    { error: "expected {manifest, except} or {paths, manifest}" },
  )
  .describe("All that it holds. A file that has changed since the version does not count.");

const SYNCHRONISATION = z
  .strictObject({
    state: z.enum(["waiting", "running"]),
    pendingFiles: whole.describe("Files that it is to hold and does not."),
    pendingBytes: bytes.describe("Their bytes."),
    releasedAt: seconds.optional().describe("The newest of them: seconds since 1970."),
    capacity: rate.describe("Bytes per second that its line carries."),
    delivering: bytes.describe("Bytes per second of that which downloads take now."),
  })
  .describe("For servers with a synchronisation policy; others do not heed it.");

/** What a volunteer says of itself. */
export const ANNOUNCE = z.strictObject({
  uploaded: bytes.describe("Bytes sent, a total (BEP 3)."),
  downloaded: bytes.describe("Bytes fetched, a total."),
  left: bytes.describe("Bytes that it is to hold and does not."),
  started: z.boolean().optional().describe("True with the first announce after a pause."),
  leaving: z.boolean().optional().describe("True with the last announce before one."),
  completed: paths.optional().describe("Files that it has since its last announce."),
  dropped: paths.optional().describe("Files that it has no more."),
  began: z.array(whole).max(MOST_LISTED).optional().describe("Commands that it has begun, by id."),
  holds: HOLDS.optional(),
  active: whole.max(1_000_000).optional().describe("Downloads that it is sending now."),
  receipts: z.array(RECEIPT).max(MOST_LISTED).optional(),
  synchronisation: SYNCHRONISATION.optional(),
});

export type Announce = z.infer<typeof ANNOUNCE>;

const id = whole.describe("To be told in `began`.");
const from = z.array(z.string()).describe("Addresses, the first to be tried first.");

const COMMAND = z.union([
  z.strictObject({
    ...{ id, do: z.literal("fetch"), path, size: whole.describe("Bytes.") },
    sha256: z.string().describe("SHA-256, in hexadecimal."),
    from,
  }),
  z.strictObject({ id, do: z.literal("drop"), path }),
  z.strictObject({
    ...{ id, do: z.literal("synchronise") },
    over: z.enum(["http", "swarm"]).describe("`swarm`: torrents are at PATH.torrent."),
    from,
  }),
]);

export type Command = z.infer<typeof COMMAND>;

export const ANSWER = z.strictObject({
  interval: seconds.describe("Seconds to the next announce."),
  time: whole.describe("The server's time, in milliseconds since 1970."),
  manifest: whole.describe("The version of the repository."),
  unknown: whole.describe("Paths of the announce that the repository does not have."),
  atMost: rate
    .optional()
    .describe("Bytes per second that fetching is to take in all; absent: no limit."),
  commands: z.array(COMMAND),
});

export type Answer = z.infer<typeof ANSWER>;

export const REFUSAL = z.strictObject({
  errors: z.array(z.string()).min(1).describe("All that is wrong."),
  time: whole.describe("What a client may take its counter from: milliseconds since 1970."),
});
