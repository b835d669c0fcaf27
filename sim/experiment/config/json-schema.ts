import * as z from "zod";
import { policies } from "../../policies/index.ts";
import type { Axis } from "./experiment.ts";
import { experimentSchema } from "./experiment-schema.ts";
import type { JsonSchema } from "./field.ts";
import type { PolicyRegistry } from "./policy-field.ts";

/**
 * The JSON Schema of experiment files, by which editors complete and check them; of those that vary
 * along `axes` if these are known.
 */
export function experimentJsonSchema(
  registry: PolicyRegistry = policies,
  axes: readonly Axis[] = [],
): JsonSchema {
  const locate = () => ({ complaint: { kind: "missing" } }) as const;
  const schema = z.toJSONSchema(experimentSchema(registry, locate, axes), { io: "input" });
  const json = { title: "mirrorlab experiment", ...schema };
  return axes.length > 0 ? json : withAnyAxis(json as SchemaNode);
}

/** The schema with whatever axis beside what else can be compared: editors do not know their names. */
function withAnyAxis(schema: SchemaNode): JsonSchema {
  const { compare } = schema.properties ?? {};
  const type = ["string", "number", "boolean"];
  const level = { type, description: "Level of that axis." };
  const properties = { ...schema.properties, compare: { ...compare, additionalProperties: level } };
  return { ...schema, properties };
}

/** Names of the fields that the mapping at `path` may have, by its JSON Schema. */
export function knownFields(schema: JsonSchema, path: readonly PropertyKey[]): string[] {
  return Object.keys(nodeAt(schema, path)?.properties ?? {});
}

/** What JSON calls the value of the field at `path`, such as `integer`; undefined where it may be several. */
export function typeAt(schema: JsonSchema, path: readonly PropertyKey[]): string | undefined {
  const type = nodeAt(schema, path)?.type;
  return typeof type === "string" ? type : undefined;
}

function nodeAt(schema: SchemaNode, path: readonly PropertyKey[]): SchemaNode | undefined {
  return path.reduce((at: SchemaNode | undefined, key) => {
    return typeof key === "number" ? at?.items : at?.properties?.[String(key)];
  }, schema);
}

interface SchemaNode {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: unknown;
}
