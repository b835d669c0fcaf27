import type { PolicyStyle } from "../policy-style.ts";
import { SHOWN } from "./policy-encoding.ts";

/** Where a crosshair stands and what it reads off. */
export interface Reading {
  readonly channel: "x" | "y";
  readonly field: string;
  /** The field that each policy has a value of at that place. */
  readonly value: string;
  /** Name of the place, and the Vega expression that writes it. */
  readonly place: { readonly title: string; readonly text: string };
  /** The Vega expression that writes a value, given the expression of the value. */
  readonly text: (value: string) => string;
}

/**
 * A line that follows the pointer along an axis; its tooltip tells the values of all shown policies
 * there, so that nobody has to hit a thin line.
 */
export function crosshair(styles: readonly PolicyStyle[], reading: Reading) {
  const { channel, field } = reading;
  return {
    transform: [
      ...SHOWN,
      // Labels may hold dots or brackets, which field names must not.
      { calculate: "'p' + indexof(policies, datum.policy)", as: "key" },
      { pivot: "key", value: reading.value, groupby: [field] },
      { calculate: tooltip(styles, reading), as: "tooltip" },
    ],
    params: [
      {
        name: "pointed",
        select: {
          type: "point" as const,
          fields: [field],
          nearest: true,
          on: "pointerover",
          clear: "pointerout",
        },
      },
    ],
    mark: { type: "rule" as const, aria: false },
    encoding: {
      [channel]: { field, type: "quantitative" as const },
      opacity: { condition: { param: "pointed", empty: false, value: 0.6 }, value: 0 },
      tooltip: { field: "tooltip" },
    },
  };
}

/** An expression of an object with one entry for the place and one for each policy shown. */
function tooltip(styles: readonly PolicyStyle[], { place, text }: Reading): string {
  const entries = styles.map(({ policy }, at) => {
    const value = `datum.p${at}`;
    return `isValid(${value}) ? {${JSON.stringify(policy)}: ${text(value)}} : {}`;
  });
  return `merge({${JSON.stringify(place.title)}: ${place.text}}, ${entries.join(", ")})`;
}
