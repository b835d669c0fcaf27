import { isAlias, isMap, isPair, isScalar, type Node, parseDocument, visit } from "yaml";

/** Fields of a volunteer that hold none of its secrets. */
const PLAIN: ReadonlySet<unknown> = new Set([
  ...["name", "tokenFile", "site", "weight", "urls", "uplink"],
]);

/**
 * A configuration's text as it may be shown: instead of each letter of a secret there is an x. Secrets are
 * what stands at `token`, and what stands among the volunteers at no field that is known: its name may be
 * misspelt.
 */
export function masked(text: string): string {
  const document = parseDocument(text, { logLevel: "silent", version: "1.2", stringKeys: true });
  const secrets: Node[] = [];
  const hide = (value: unknown) => {
    if (isAlias(value)) hide(value.resolve(document));
    else if (isScalar(value)) secrets.push(value);
    else if (isMap(value)) for (const pair of value.items) hide(pair.value);
  };
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === "token") hide(value);
    },
  });
  const { contents } = document;
  const volunteers = isMap(contents) ? contents.get("volunteers", true) : undefined;
  if (volunteers !== undefined) {
    visit(volunteers as Node, {
      Scalar(key, node, path) {
        const pair = path.findLast(isPair);
        const isPlain = pair !== undefined && isScalar(pair.key) && PLAIN.has(pair.key.value);
        if (key !== "key" && !isPlain) secrets.push(node);
      },
    });
  }
  const hidden = secrets.reduce((shown, { range }) => {
    const [start, end] = range ?? [0, 0];
    return shown.slice(0, start) + crossed(shown.slice(start, end)) + shown.slice(end);
  }, text);
  if (document.errors.length === 0) return hidden;
  // Where the text is broken nobody knows what is a name and where a value ends.
  return hidden
    .replace(/(tok\w*["']?\s*:)(.*)$/gim, (_, key, rest) => `${key}${crossed(rest)}`)
    .replace(/\S{16,}/g, crossed);
}

function crossed(text: string): string {
  return text.replace(/[^\s]/g, "x");
}
