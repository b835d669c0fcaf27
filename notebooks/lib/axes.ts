/** A logarithmic axis of bytes with a line for each power of ten: `1 kB`, `10 kB`, `100 kB`. */
export function bytesAxis(from: number, to: number) {
  return { ...powersAxis(from, to), labelExpr: "format(datum.value, '~s') + 'B'" };
}

/** A logarithmic axis with a line for each power of ten between two values. */
export function powersAxis(from: number, to: number) {
  const first = Math.ceil(Math.log10(from));
  const powers = Math.floor(Math.log10(to)) - first + 1;
  return {
    values: Array.from({ length: Math.max(0, powers) }, (_, i) => 10 ** (first + i)),
    format: "~s",
  };
}

/** The scale that goes with such an axis: its ends are where the data are. */
export function logScale(from: number, to: number) {
  return { type: "log", domain: [from, to], nice: false, clamp: false } as const;
}
