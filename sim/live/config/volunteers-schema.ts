/** Who may help: the volunteers that the operator has named, and their secrets. */
import * as z from "zod";
import type { Complaint } from "../../experiment/config/complaint.ts";
import { field, NOT_NEGATIVE, orElse, ratio } from "../../experiment/config/field.ts";
import { withoutDuplicates, withRule } from "../../experiment/config/rule.ts";
import { siteName, unlimited } from "../../experiment/config/sites-schema.ts";
import { webAddresses } from "./address-field.ts";
import { fileToRead, type Surroundings, textIn } from "./path-field.ts";
import type { VolunteerConfig } from "./server-config.ts";

/** Characters that a token has at least: 16 of 64 kinds are 96 bits. */
const SHORTEST = 16;

export function volunteersSchema(around: Surroundings) {
  const volunteer = z.strictObject({
    name: volunteerName().describe("Its name: what it calls itself when it announces."),
    token: token()
      .optional()
      .describe(
        `The secret that it signs announces with, at least ${SHORTEST} characters: ` +
          "`openssl rand -hex 32` makes one. This or tokenFile.",
      ),
    tokenFile: tokenFile(around)
      .optional()
      .describe("Path of a file that holds the secret; it counts from the folder of this one."),
    site: siteName(),
    weight: ratio(NOT_NEGATIVE)
      .prefault(100)
      .describe("Share of requests that the operator wants it to get, relative to 100."),
    urls: orElse(webAddresses(), null).describe(
      "What the addresses that it registers begin with. Anything if absent.",
    ),
    uplink: unlimited(
      "What it is believed to be able to send at most, in bytes/s, whatever it says. " +
        "No such limit if absent.",
    ),
  });
  const withOneToken = withRule(
    volunteer,
    [["token"], ["tokenFile"]],
    ({ token: written, tokenFile: read }, complainAt) => {
      if (written === undefined && read === undefined) complainAt(["token"], { kind: "missing" });
      if (written === undefined || read === undefined) return;
      complainAt(["tokenFile"], { kind: "other", text: "expected token or tokenFile; got both" });
    },
  );
  const resolved = withOneToken.transform(
    ({ token: written, tokenFile: read, ...rest }): VolunteerConfig => {
      return { ...rest, token: written ?? read ?? "" };
    },
  );
  return withoutSharedTokens(withoutDuplicates(z.array(resolved), "name"));
}

/** Each has a secret of its own: else one could speak for another. Neither is shown. */
function withoutSharedTokens<Schema extends z.ZodType<VolunteerConfig[]>>(schema: Schema): Schema {
  return withRule(schema, [], (items, complainAt) => {
    const owners = new Map<string, string>();
    for (const [index, item] of items.entries()) {
      // One that is wrong was complained of.
      const { name, token } = (item ?? {}) as Partial<VolunteerConfig>;
      if (token === undefined || name === undefined) continue;
      const owner = owners.get(token);
      owners.set(token, owner ?? name);
      if (owner === undefined) continue;
      complainAt([index], { kind: "other", text: `duplicate token: ${owner} has the same` });
    }
  });
}

/** It goes into headers, files and addresses of pages. */
function volunteerName() {
  const pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
  return field({ type: "string", pattern }, (value, complain) => {
    if (typeof value === "string" && new RegExp(pattern).test(value)) return value;
    const what = "a name of at most 64 letters, digits, dots, dashes and underscores";
    return complain({ kind: "expected", what });
  });
}

function token() {
  return field({ type: "string", minLength: SHORTEST }, (value, complain) => {
    if (typeof value !== "string") {
      return complain({ kind: "other", text: "token: expected text, in quotes if it is a number" });
    }
    const found = tokenIn(value);
    return typeof found === "string" ? found : complain(found);
  });
}

function tokenFile(around: Surroundings) {
  return fileToRead(around, (path) => {
    const found = textIn(around.disk, path);
    return "kind" in found ? found : tokenIn(found.text);
  });
}

/** The token, or what is wrong with it, which does not show it. */
function tokenIn(text: string): string | Complaint {
  const token = text.trim();
  if (token.length < SHORTEST) {
    const said = `expected a token of at least ${SHORTEST} characters; got ${token.length}`;
    return { kind: "other", text: said };
  }
  if (/^[!-~]+$/.test(token)) return token;
  return { kind: "other", text: "expected a token of letters, digits and signs of ASCII" };
}
