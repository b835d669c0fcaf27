import { stringify } from "yaml";
import { z } from "zod";
import { ANNOUNCE, ANSWER, REFUSAL, REGISTERED, REGISTRATION } from "./schemas.ts";

/** The protocol as an OpenAPI 3.1 document: of the schemas by which requests are checked. */
const DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "mirrorlab: volunteers' side of the protocol",
    version: "1",
    summary: "Volunteers register, announce themselves, and are told what to fetch.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
  security: [{ volunteer: [], counter: [], signature: [] }],
  paths: {
    "/-/volunteers": post("register", "To offer help.", "Registration", "Registered"),
    "/-/announce": post("announce", "To tell how it is.", "Announce", "Answer"),
  },
  components: {
    securitySchemes: {
      volunteer: header("Volunteer", "The volunteer's name."),
      counter: header("Counter", "Milliseconds since 1970, greater each time."),
      signature: header(
        "Signature",
        "HMAC-SHA256 with the token, in hexadecimal, of POST, path, counter and body, joined by line feeds.",
      ),
    },
    schemas: {
      Registration: schemaOf(REGISTRATION, "input"),
      Registered: schemaOf(REGISTERED, "output"),
      Announce: schemaOf(ANNOUNCE, "input"),
      Answer: schemaOf(ANSWER, "output"),
      Refusal: schemaOf(REFUSAL, "output"),
    },
  },
} as const;

/** As it is served, and as it stands in `openapi.yaml`. */
export const OPENAPI_YAML = stringify(DOCUMENT, { lineWidth: 110, aliasDuplicateObjects: false });

function post(operationId: string, summary: string, takes: string, gives: string) {
  const refusals = [
    ["400", "No JSON, or not what is asked for."],
    ["401", "Unknown name, wrong signature, or a counter that is not new."],
    ["405", "Not POST."],
    ["408", "The body did not come in time."],
    ...(operationId === "announce" ? [["409", "It has not registered."]] : []),
    ["413", "The body is too large."],
    ["429", "Too many requests; see Retry-After."],
    ["503", "The server is too busy; see Retry-After."],
  ];
  const responses = [
    ["200", { description: "Written down.", ...json(gives) }],
    ...refusals.map(([status, description]) => [status, { description, ...json("Refusal") }]),
  ];
  return {
    post: {
      ...{ operationId, summary, requestBody: { required: true, ...json(takes) } },
      responses: Object.fromEntries(responses),
    },
  };
}

function json(schema: string) {
  return {
    content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
  };
}

function header(name: string, description: string) {
  return { type: "apiKey", in: "header", name: `X-Mirrorlab-${name}`, description };
}

function schemaOf(schema: z.ZodType, io: "input" | "output") {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
