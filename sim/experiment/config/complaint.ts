import { nearest } from "./nearest.ts";

/** What can be wrong with a field, in the house's vocabulary; its place is added by who reports it. */
export type Complaint =
  | { readonly kind: "missing" }
  | { readonly kind: "expected"; readonly what: string }
  | { readonly kind: "invalid"; readonly rule: string }
  | { readonly kind: "duplicate" }
  | {
      readonly kind: "unknown";
      readonly what: string;
      readonly found: string;
      readonly known: readonly string[];
      /** What was meant, where the nearest name in `known` would mislead. */
      readonly meant?: string;
      /** What to ask instead, where it is not clear what was meant. */
      readonly ask?: string;
    }
  /** A sentence of its own. `found` is searched for among `known`, to say what was meant. */
  | {
      readonly kind: "other";
      readonly text: string;
      readonly found?: string;
      readonly known?: readonly string[];
    };

export interface Sentence {
  readonly text: string;
  readonly hint: string | undefined;
}

/** Puts a complaint about the field `name`, which holds `value`, into words. */
export function sentence(complaint: Complaint, name: string, value: unknown): Sentence {
  switch (complaint.kind) {
    case "missing":
      return { text: `missing ${name}`, hint: undefined };
    case "expected":
      return { text: `${name}: expected ${complaint.what}; got ${show(value)}`, hint: undefined };
    case "invalid":
      return { text: `invalid ${name}: ${plain(value)}; ${complaint.rule}`, hint: undefined };
    case "duplicate":
      return { text: `duplicate ${name}: ${plain(value)}`, hint: undefined };
    case "unknown": {
      const { what, found, known, meant = nearest(found, known), ask } = complaint;
      const text = `unknown ${what}: ${plain(found)}; known: ${known.join(", ") || "none"}`;
      return { text, hint: ask ?? didYouMean(meant) };
    }
    case "other": {
      const { text, found = "", known = [] } = complaint;
      return { text, hint: didYouMean(nearest(found, known)) };
    }
  }
}

/** How a value is shown after `got`: texts in quotes, collections by their kind only. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length > 0 ? "a list" : "an empty list";
  if (typeof value === "object") {
    return Object.keys(value).length > 0 ? "a mapping" : "an empty mapping";
  }
  return typeof value === "string" ? JSON.stringify(shortened(value)) : String(value);
}

function didYouMean(meant: string | undefined): string | undefined {
  return meant === undefined ? undefined : `did you mean '${meant}'?`;
}

function plain(value: unknown): string {
  return typeof value === "string" ? show(value).slice(1, -1) : show(value);
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
