import * as z from "zod";
import type { JsonSchema } from "../../experiment/config/field.ts";
import type { PolicyRegistry } from "../../experiment/config/policy-field.ts";
import { policies } from "../../policies/index.ts";
import { surroundingsOf } from "./path-field.ts";
import { serverSchema } from "./server-schema.ts";

/** The JSON Schema of a server's configuration, by which editors complete and check it. */
export function serverJsonSchema(registry: PolicyRegistry = policies): JsonSchema {
  const schema = serverSchema(registry, surroundingsOf("server.yaml"));
  return { title: "mirrorlab server", ...z.toJSONSchema(schema, { io: "input" }) };
}
