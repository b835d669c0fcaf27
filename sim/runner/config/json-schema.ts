import * as z from "zod";
import { policies } from "../../policies/index.ts";
import { experimentSchema } from "./experiment-schema.ts";
import type { JsonSchema } from "./field.ts";
import type { PolicyRegistry } from "./policy-field.ts";

/** The JSON Schema of experiment files, by which editors complete and check them. */
export function experimentJsonSchema(registry: PolicyRegistry = policies): JsonSchema {
  const schema = experimentSchema(registry, () => ({ complaint: { kind: "missing" } }));
  return { title: "mirrorlab experiment", ...z.toJSONSchema(schema, { io: "input" }) };
}

/** Names of the fields that the mapping at `path` may have, by its JSON Schema. */
export function knownFields(schema: JsonSchema, path: readonly PropertyKey[]): string[] {
  const mapping = path.reduce((at: SchemaNode | undefined, key) => {
    return typeof key === "number" ? at?.items : at?.properties?.[String(key)];
  }, schema);
  return Object.keys(mapping?.properties ?? {});
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}
