import type { PolicyStyle } from "../policy-style.ts";

/**
 * Parameters by which the page shows some policies in colour, some in grey, and hides others. The
 * scales keep all policies, so a policy keeps its colour.
 */
export function policyFilter(styles: readonly PolicyStyle[]) {
  const named = (some: readonly PolicyStyle[]) => some.map(({ policy }) => policy);
  return [
    { name: "policies", value: named(styles) },
    { name: "shown", value: named(styles.filter(({ isFaint }) => !isFaint)) },
    { name: "faint", value: named(styles.filter(({ isFaint }) => isFaint)) },
  ];
}

/** Rows of the policies in colour, of those in grey, and of both. */
export const SHOWN = [{ filter: "indexof(shown, datum.policy) >= 0" }];
export const FAINT = [{ filter: "indexof(faint, datum.policy) >= 0" }];
export const DRAWN = [
  { filter: "indexof(shown, datum.policy) >= 0 || indexof(faint, datum.policy) >= 0" },
];

/** Colours come from the theme's `category` range, which follows the order of the policies. */
export function policyColour(styles: readonly PolicyStyle[]) {
  return { field: "policy", type: "nominal" as const, title: null, scale: scale(styles) };
}

export function policyDash(styles: readonly PolicyStyle[]) {
  const range = styles.map(({ dash }) => [...dash]);
  return { ...policyColour(styles), scale: { ...scale(styles), range } };
}

export function policyShape(styles: readonly PolicyStyle[]) {
  const range = styles.map(({ shape }) => shape);
  return { ...policyColour(styles), scale: { ...scale(styles), range } };
}

function scale(styles: readonly PolicyStyle[]) {
  return { domain: styles.map(({ policy }) => policy) };
}
