import { test } from "uvu";
import * as assert from "uvu/assert";
import { labelPlaces } from "./point-labels.ts";

const PLOT = { width: 300, height: 100 };

test("a label stands above to the right, or where that is outside, elsewhere", () => {
  const [first, edge] = labelPlaces(
    [
      { x: 100, y: 50, text: "random" },
      { x: 290, y: 80, text: "random" },
    ],
    PLOT,
  );
  assert.equal(first, { dx: 9, dy: -11, align: "left", label: "random" });
  assert.is(edge?.align, "right");
});

test("labels of points at one place never cover each other, and the last find none", () => {
  const points = Array.from({ length: 12 }, (_, at) => ({ x: 150, y: 50, text: `policy ${at}` }));
  const labels = labelPlaces(points, PLOT).filter(({ label }) => label !== "");
  assert.ok(labels.length > 0 && labels.length < points.length);
  const places = labels.map(({ dx, dy, align }) => `${dx} ${dy} ${align}`);
  assert.is(new Set(places).size, places.length);
});

test.run();
