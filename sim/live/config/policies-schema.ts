/** Which policies a server decides by: one of each family that it asks. */
import * as z from "zod";
import { HOST, type PolicyChoice } from "../../experiment/config/experiment.ts";
import {
  membersOf,
  type PolicyRegistry,
  policyChoice,
} from "../../experiment/config/policy-field.ts";
import { familyOf } from "../../policies/index.ts";
import type { SERVER_FAMILIES } from "./own-members.ts";
import type { ServerPolicies } from "./server-config.ts";

type ServerFamily = (typeof SERVER_FAMILIES)[number];

/**
 * What decides where nothing is said; null for the host. Every copy that customers are sent to is
 * audited, one that was compared before seldom, and who fails once is sent nobody for a week: tools do not
 * recover from wrong bytes.
 */
const BY_DEFAULT: Readonly<Record<ServerFamily, string | Readonly<Record<string, object>> | null>> =
  {
    dispatch: "least-added-wait",
    replication: "everything",
    trust: { "sampled-audit": { share: 1, again: 0.01 } },
    sync: null,
    chunkSize: "least-cost",
    handout: null,
  };

/** What else a family takes its policy for. */
const NOBODY = "none";

export function policiesSchema(registry: PolicyRegistry) {
  const schema = z.strictObject({
    dispatch: chosen("dispatch", registry),
    replication: chosen("replication", registry),
    trust: chosen("trust", registry),
    sync: chosen("sync", registry),
    chunkSize: chosen("chunkSize", registry),
    handout: chosen("handout", registry),
  });
  return schema.transform((choices): ServerPolicies => {
    const { trust, sync, handout } = choices;
    return {
      ...choices,
      trust: unless(NOBODY, trust),
      sync: unless(HOST, sync),
      handout: unless(HOST, handout),
    };
  });
}

function chosen(key: ServerFamily, registry: PolicyRegistry) {
  const family = familyOf(key);
  const members = membersOf(family, registry);
  const { decides, whenAbsent } = family;
  const said = `${decides[0].toUpperCase()}${decides.slice(1)}.`;
  const isHosted = typeof whenAbsent === "object" && "host" in whenAbsent;
  const host = isHosted ? [{ name: HOST, summary: whenAbsent.host, params: {} }] : [];
  const choice = policyChoice({ ...members, known: [...host, ...members.known] });
  const fallback = BY_DEFAULT[key];
  const shown = typeof fallback === "string" ? fallback : JSON.stringify(fallback);
  return choice
    .prefault(fallback ?? HOST)
    .describe(`${said} By default ${fallback === null && isHosted ? whenAbsent.host : shown}.`);
}

function unless(name: string, choice: PolicyChoice): PolicyChoice | null {
  return choice.name === name ? null : choice;
}
