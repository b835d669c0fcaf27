import type { PolicyStyle } from "../policy-style.ts";

/**
 * Parameters and filter by which the page shows some policies and hides others. The scales keep
 * all policies, so a policy keeps its colour.
 */
export function policyFilter(styles: readonly PolicyStyle[]) {
  const policies = styles.map(({ policy }) => policy);
  return {
    params: [
      { name: "policies", value: policies },
      { name: "shown", value: policies },
    ],
    transform: [{ filter: "indexof(shown, datum.policy) >= 0" }],
  };
}

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
