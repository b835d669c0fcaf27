/** Least and greatest thickness of a link in pixels. */
const THIN = 1.5;
const THICK = 9;

/**
 * How thick the link of each rate is drawn: by the logarithm of its rate, between the least and the
 * greatest of `rates`. An unlimited one is as thick as the greatest.
 */
export function thickness(rates: readonly number[]): (rate: number) => number {
  const known = rates.filter(Number.isFinite).map(Math.log);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return (rate) => {
    if (rate === Number.POSITIVE_INFINITY) return THICK;
    const share = most > least ? (Math.log(rate) - least) / (most - least) : 0.5;
    return Number((THIN + share * (THICK - THIN)).toFixed(2));
  };
}

/** Outline of a level arrow from `from` to `to`, as the path of an SVG. */
export function arrow(from: number, to: number, y: number, thick: number): string {
  const sign = Math.sign(to - from);
  const half = thick / 2;
  const wide = half + 4;
  const neck = to - sign * (wide + 3);
  const points = [
    [from, y - half],
    [neck, y - half],
    [neck, y - wide],
    [to, y],
    [neck, y + wide],
    [neck, y + half],
    [from, y + half],
  ];
  const shown = (value: number) => Number(value.toFixed(2));
  return `M${points.map(([x = 0, height = 0]) => `${shown(x)},${shown(height)}`).join("L")}Z`;
}
