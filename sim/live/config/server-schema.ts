/** The format of `server.yaml`: the one source of fields, defaults, ranges and rules. */
import * as z from "zod";
import { IN_FLIGHT_RULES } from "../../coordinator/index.ts";
import {
  count,
  field,
  flag,
  NOT_NEGATIVE,
  oneOf,
  orElse,
  POSITIVE,
  quantity,
  text,
} from "../../experiment/config/field.ts";
import type { PolicyRegistry } from "../../experiment/config/policy-field.ts";
import { withoutDuplicates, withRule } from "../../experiment/config/rule.ts";
import { whereSchema } from "../../experiment/config/sites-schema.ts";
import { address, origin, prefixes } from "./address-field.ts";
import { METADATA } from "./metadata.ts";
import { fileToRead, folderToRead, folderToWrite, type Surroundings } from "./path-field.ts";
import { policiesSchema } from "./policies-schema.ts";
import type { ServerConfig, TrackerConfig } from "./server-config.ts";
import { withoutSharedNetworks, withServerRules } from "./server-rules.ts";
import { volunteersSchema } from "./volunteers-schema.ts";

const LOOPBACK = ["127.0.0.0/8", "::1"];

/** Paths in it count from the folder of the file. */
export function serverSchema(registry: PolicyRegistry, around: Surroundings) {
  const server = z.strictObject({
    title: text()
      .prefault("A repository")
      .describe("One line that heads the status page and lists of files."),
    url: origin().describe(
      "Web address by which customers and volunteers reach the server, or the proxy in front of it.",
    ),
    seed: orElse(count({ min: 0, max: 2 ** 32 - 1 }), null).describe(
      "All chance of decisions follows from it. Drawn at the first start if absent.",
    ),
    listen: listenSchema(around).prefault({}).describe("Where the server listens."),
    repository: repositorySchema(around).describe("What is delivered."),
    state: stateSchema(around).describe("What the server keeps: its journal, and what it knows."),
    server: z
      .strictObject({
        uplink: quantity("rate", POSITIVE).describe("What the server can send, in bytes/s."),
      })
      .describe("The server's own machine."),
    sites: sitesSchema.prefault({}).describe("Where customers and volunteers are, by addresses."),
    volunteers: volunteersSchema(around)
      .prefault([])
      .describe("Who may help. Nobody else's announces are heard."),
    tracker: trackerSchema.prefault({}).describe("How the server learns about volunteers."),
    placement: z
      .strictObject({
        every: quantity("duration", POSITIVE)
          .prefault("6 h")
          .describe("Seconds between two looks at who is to hold what."),
      })
      .prefault({})
      .describe("How placement follows age and demand."),
    policies: policiesSchema(registry).prefault({}).describe("What decides: one policy each."),
    deliver: deliverSchema.prefault({}).describe("What the server sends itself, always."),
    rescue: z
      .strictObject({
        again: quantity("duration", NOT_NEGATIVE)
          .prefault("2 min")
          .describe(
            "Seconds within which a customer who asks again for a file is sent to another volunteer, " +
              "and the first is audited; 0 for never.",
          ),
      })
      .prefault({})
      .describe("What is done for customers whose download has failed."),
    limits: limitsSchema.prefault({}).describe("What others may take of the server."),
    status: z
      .strictObject({
        allow: prefixes()
          .prefault(LOOPBACK)
          .describe(
            "Addresses and prefixes that may see status and metrics. This machine if absent.",
          ),
      })
      .prefault({})
      .describe("The status page and metrics."),
  }) satisfies z.ZodType<Omit<ServerConfig, "own">>;
  return withServerRules(server, around);
}

function listenSchema(around: Surroundings) {
  const tls = z.strictObject({
    key: fileToRead(around).describe("Path of the private key, in PEM."),
    certificate: fileToRead(around).describe("Path of the certificate with its chain, in PEM."),
  });
  return z.strictObject({
    port: count({ min: 0, max: 65_535 }).prefault(8080).describe("Port; 0 for any free one."),
    host: address()
      .prefault("::")
      .describe("Address of this machine. By default all, of IPv4 and IPv6."),
    tls: orElse(tls, null).describe("What https takes. Plain http if absent."),
    proxies: prefixes()
      .prefault([])
      .describe(
        "Addresses and prefixes of proxies in front, whose X-Forwarded-For and X-Forwarded-Proto " +
          "count. Nobody's if absent.",
      ),
  });
}

function repositorySchema(around: Surroundings) {
  return z.strictObject({
    folder: folderToRead(around).describe("Path of the folder with the files."),
    scan: quantity("duration", POSITIVE)
      .prefault("10 min")
      .describe("Seconds between two scans for changes; `sim rescan` has one made at once."),
    md4: flag()
      .prefault(true)
      .describe("Whether MD4 digests are kept, too, beside SHA-256, for old tools."),
  });
}

function stateSchema(around: Surroundings) {
  return z.strictObject({
    folder: folderToWrite(around).describe(
      "Path of a folder of the server's own, which it makes if it is missing.",
    ),
    retention: quantity("duration", POSITIVE)
      .prefault("30 d")
      .describe("Seconds for which journals are kept at least."),
    rotate: quantity("size", POSITIVE)
      .prefault("256 MB")
      .describe("Bytes of a journal after which another begins, with a snapshot."),
    every: quantity("duration", POSITIVE)
      .prefault("1 d")
      .describe("Seconds after which another journal begins, however small the last is."),
  });
}

const siteClass = z.strictObject({
  name: text().describe("Name of the class, by which volunteers refer to it."),
  networks: prefixes().describe("Addresses and prefixes of those who are there."),
  where: whereSchema.prefault({}).describe("Where it is."),
});

const sitesSchema = z.strictObject({
  classes: withoutSharedNetworks(withoutDuplicates(z.array(siteClass), "name"))
    .prefault([])
    .describe("Sites. An address is in that with the longest prefix."),
});

const trackerSchema = withRule(
  z.strictObject({
    interval: quantity("duration", POSITIVE)
      .prefault("1 min")
      .describe("Seconds between two announces of a volunteer."),
    timeout: quantity("duration", POSITIVE)
      .optional()
      .describe(
        "Seconds without an announce after which a volunteer is taken to be gone; " +
          "at least the interval. Three intervals if absent.",
      ),
    probe: quantity("duration", NOT_NEGATIVE)
      .prefault("30 s")
      .describe("Seconds between two probes of a volunteer; 0 for none."),
    inFlight: oneOf("rule", IN_FLIGHT_RULES)
      .prefault("by-request")
      .describe(
        "By what the server knows which transfers are in flight: by its redirects and what " +
          "volunteers announce (`by-request`, or `next-request` as in the first version); by its " +
          "`redirects` alone; by the last `reports` alone, and nothing since; by nothing (`none`).",
      ),
  }),
  [["interval"], ["timeout"]],
  ({ interval, timeout = Number.POSITIVE_INFINITY }, complainAt) => {
    if (timeout >= interval) return;
    const rule = `less than the interval of ${interval} seconds`;
    complainAt(["timeout"], { kind: "invalid", rule });
  },
).transform(({ interval, timeout = 3 * interval, probe, ...rest }): TrackerConfig => {
  return { interval, timeout, probe: probe === 0 ? Number.POSITIVE_INFINITY : probe, ...rest };
});

const deliverSchema = z.strictObject({
  metadata: patterns()
    .prefault([...METADATA])
    .describe(
      "Patterns of files that are asked for again and again and must agree with each other. `*` is " +
        "anything but a slash, `**` anything; a pattern without a slash is for the last part of a path. " +
        "By default indexes of APT, RPM and PyPI.",
    ),
  small: quantity("size", NOT_NEGATIVE)
    .prefault("64 kB")
    .describe("Bytes up to which a file is not worth a redirect."),
});

function patterns() {
  const items = { type: "string", pattern: "^[^/]" };
  return field({ type: "array", items }, (value, complain): string[] | undefined => {
    if (!Array.isArray(value)) return complain({ kind: "expected", what: "a list of patterns" });
    const what = "a pattern such as *.html or **/repodata/**, without a slash in front";
    for (const [index, item] of value.entries()) {
      const isPattern = typeof item === "string" && /^[^/]/.test(item);
      if (!isPattern) complain({ kind: "expected", what }, index);
    }
    return value.map(String);
  });
}

const limitsSchema = z.strictObject({
  connections: count({ min: 1, max: 1_000_000 }).prefault(10_000).describe("Connections at once."),
  headers: quantity("size", { min: 1024, max: 1_048_576 })
    .prefault("8 KiB")
    .describe("Bytes of the head of a request."),
  announces: count({ min: 1, max: 6000 })
    .prefault(60)
    .describe("Announces a minute of one volunteer."),
  torrents: count({ min: 0, max: 10_000_000 })
    .prefault(10_000)
    .describe("Torrents that have peers at once."),
});
