/** Markup in which every text is escaped. Only this module makes it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup and lists are kept, null is nothing. */
export type Part = string | number | Html | null | readonly Part[];

/** A template whose texts cannot become markup, in elements and in quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: String.raw({ raw: strings }, ...parts.map(markupOf)) };
}

/** A composed name, `wrapper+policy`, that is broken between its parts and nowhere else. */
export function breakable(name: string): Html {
  const parts = name.split(/(?<=\+)/).map((part) => html`<span class="part">${part}</span>`);
  return { markup: parts.map(({ markup }) => markup).join("<wbr>") };
}

/** The content of a script or style element that this project or a library wrote. */
export function rawText(source: string): Html {
  return { markup: source.replaceAll("</script", "<\\/script").replaceAll("</style", "<\\/style") };
}

/** JSON for a script element of data: nothing in it ends the element or opens another. */
export function jsonText(value: unknown): Html {
  return { markup: JSON.stringify(value).replaceAll("<", "\\u003c") };
}

function markupOf(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(markupOf).join("");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
