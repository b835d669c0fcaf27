/** A point on a plot, in pixels, and the text beside it. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Where a text stands against its point, or nowhere. */
export interface LabelPlace {
  readonly dx: number;
  readonly dy: number;
  readonly align: "left" | "right" | "center";
  readonly label: string;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LETTER = 6.6;
const HEIGHT = 13;
const POINT = 6;

const PLACES = [
  { dx: 9, dy: -11, align: "left" },
  { dx: 9, dy: 11, align: "left" },
  { dx: -9, dy: -11, align: "right" },
  { dx: -9, dy: 11, align: "right" },
  { dx: 0, dy: -18, align: "center" },
  { dx: 0, dy: 18, align: "center" },
  { dx: 16, dy: 0, align: "left" },
  { dx: -16, dy: 0, align: "right" },
] as const;

/**
 * A place for each text in which it covers no point and no other text, the first points first; a text
 * that finds none is left out, since a legend names its point too.
 */
export function labelPlaces(
  points: readonly LabelledPoint[],
  plot: { readonly width: number; readonly height: number },
): LabelPlace[] {
  const taken = points.map(({ x, y }): Box => {
    return { left: x - POINT, right: x + POINT, top: y - POINT, bottom: y + POINT };
  });
  return points.map((point) => {
    for (const place of PLACES) {
      const box = boxOf(point, place);
      const isInside =
        box.left >= 0 && box.right <= plot.width && box.top >= 0 && box.bottom <= plot.height;
      if (!isInside || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      return { ...place, label: point.text };
    }
    return { ...PLACES[0], label: "" };
  });
}

function boxOf({ x, y, text }: LabelledPoint, place: Omit<LabelPlace, "label">): Box {
  const width = LETTER * text.length;
  const start = x + place.dx - width * { left: 0, center: 0.5, right: 1 }[place.align];
  const middle = y + place.dy;
  return {
    left: start,
    right: start + width,
    top: middle - HEIGHT / 2,
    bottom: middle + HEIGHT / 2,
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
