/** What fields of a server's configuration owe each other. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import type * as z from "zod";
import type { Complaint } from "../../experiment/config/complaint.ts";
import { withRule } from "../../experiment/config/rule.ts";
import { isInside, type Surroundings, textIn } from "./path-field.ts";
import type { ServerConfig, SiteConfig, VolunteerConfig } from "./server-config.ts";

type Written = Omit<ServerConfig, "own">;

export function withServerRules<Schema extends z.ZodType<Written>>(
  schema: Schema,
  around: Surroundings,
): Schema {
  return withTlsRule(withSecretsRule(withAnnouncesRule(withSitesRule(schema)), around), around);
}

/** Volunteers stand in sites that there are. */
function withSitesRule<Schema extends z.ZodType<Written>>(schema: Schema): Schema {
  return withRule(schema, [["sites"]], ({ sites, volunteers }, complainAt) => {
    const known = sites.classes.map(({ name }) => name);
    if (!Array.isArray(volunteers)) return; // It has been complained of, as may have been one of them.
    for (const [index, volunteer] of volunteers.entries()) {
      const { site = null } = (volunteer ?? {}) as Partial<VolunteerConfig>;
      if (typeof site !== "string" || known.includes(site)) continue;
      const unknown = { kind: "unknown", what: "site", found: site, known } as const;
      complainAt(["volunteers", index, "site"], unknown);
    }
  });
}

/** An address is in one site by the same prefix. */
export function withoutSharedNetworks<Schema extends z.ZodType<SiteConfig[]>>(
  schema: Schema,
): Schema {
  return withRule(schema, [], (classes, complainAt) => {
    const seen = new Set<string>();
    for (const [index, site] of classes.entries()) {
      const { networks } = (site ?? {}) as Partial<SiteConfig>;
      if (!Array.isArray(networks)) continue; // It has been complained of.
      for (const [at, network] of networks.entries()) {
        if (seen.has(network)) complainAt([index, "networks", at], { kind: "duplicate" });
        seen.add(network);
      }
    }
  });
}

/** Who announces as often as he is told to is not refused. */
function withAnnouncesRule<Schema extends z.ZodType<Written>>(schema: Schema): Schema {
  const needs = [["tracker"], ["limits"]];
  return withRule(schema, needs, ({ tracker, limits }, complainAt) => {
    if (limits.announces * tracker.interval >= 60) return;
    const rule = `fewer a minute than the interval of ${tracker.interval} seconds makes`;
    complainAt(["limits", "announces"], { kind: "invalid", rule });
  });
}

/** What lies in the repository is delivered to everybody. */
function withSecretsRule<Schema extends z.ZodType<Written>>(
  schema: Schema,
  { file }: Surroundings,
): Schema {
  const needs = [
    ["repository", "folder"],
    ["state", "folder"],
    ["listen", "tls"],
  ];
  return withRule(schema, needs, ({ repository, state, listen }, complainAt) => {
    const { folder } = repository;
    const inside = "lies in the repository, which everybody can read";
    if (isInside(state.folder, folder)) {
      complainAt(["state", "folder"], { kind: "invalid", rule: inside });
    }
    if (isInside(file, folder)) {
      const text = `the folder has this file in it, which everybody could read`;
      complainAt(["repository", "folder"], { kind: "other", text });
    }
    if (listen.tls !== null && isInside(listen.tls.key, folder)) {
      complainAt(["listen", "tls", "key"], { kind: "invalid", rule: inside });
    }
  });
}

/** A server of https has a key that fits, and says so in its address. */
function withTlsRule<Schema extends z.ZodType<Written>>(
  schema: Schema,
  around: Surroundings,
): Schema {
  const keys = withRule(schema, [["listen", "tls"]], ({ listen }, complainAt) => {
    if (listen.tls === null) return;
    const problem = pairProblem(listen.tls, around);
    if (problem !== null) complainAt(["listen", "tls", problem.field], problem.complaint);
  });
  return withRule(keys, [["listen"], ["url"]], ({ listen, url }, complainAt) => {
    if (listen.tls === null || url.startsWith("https:")) return;
    complainAt(["url"], { kind: "invalid", rule: "expected https: there is listen.tls" });
  });
}

interface PairProblem {
  readonly field: "key" | "certificate";
  readonly complaint: Complaint;
}

/** What is wrong with a key and its certificate. What OpenSSL says shows nothing of the key. */
function pairProblem(
  { key, certificate }: { readonly key: string; readonly certificate: string },
  { disk }: Surroundings,
): PairProblem | null {
  const say = (field: PairProblem["field"], text: string): PairProblem => {
    return { field, complaint: { kind: "other", text } };
  };
  const [secret, shown] = [textIn(disk, key), textIn(disk, certificate)];
  if ("kind" in secret) return { field: "key", complaint: secret };
  if ("kind" in shown) return { field: "certificate", complaint: shown };
  const parsedKey = parsed(() => createPrivateKey(secret.text));
  if (parsedKey === null) return say("key", `expected a private key in PEM: ${key}`);
  const parsedCertificate = parsed(() => new X509Certificate(shown.text));
  if (parsedCertificate === null) {
    return say("certificate", `expected a certificate in PEM: ${certificate}`);
  }
  if (parsedCertificate.checkPrivateKey(parsedKey)) return null;
  return say("certificate", "expected the certificate of the key; got that of another");
}

function parsed<Value>(parse: () => Value): Value | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
