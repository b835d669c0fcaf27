/** Numbers of a grid as text: two characters each, of a few thousand steps from 0 to `top`. */
export interface PackedGrid {
  readonly top: number;
  readonly codes: string;
}

/** Printable characters that neither JSON nor HTML has to escape. */
const DIGITS = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
  .filter((digit) => !'"\\<&'.includes(digit))
  .join("");

const STEPS = DIGITS.length ** 2 - 1;

/**
 * Packs numbers from 0 to `top`, to four digits of `top`. A heat map of many policies has a hundred
 * thousand cells, and the page should stay small.
 */
export function packedGrid(values: Iterable<number>, top: number): PackedGrid {
  const codes = Array.from(values, (value) => {
    const step = top === 0 ? 0 : Math.round((Math.min(Math.max(value, 0), top) / top) * STEPS);
    return `${DIGITS[Math.floor(step / DIGITS.length)]}${DIGITS[step % DIGITS.length]}`;
  });
  return { top, codes: codes.join("") };
}

/** The numbers of a grid in the reader's browser, to four digits. */
export const GRID_SCRIPT = `
  const DIGITS = ${JSON.stringify(DIGITS)};

  function numbersOf({ top, codes }) {
    const digit = (at) => DIGITS.indexOf(codes[at]);
    return Array.from({ length: codes.length / 2 }, (_, at) => {
      const step = digit(2 * at) * DIGITS.length + digit(2 * at + 1);
      return Number(((step / ${STEPS}) * top).toPrecision(4));
    });
  }
`;
