import { test } from "uvu";
import * as assert from "uvu/assert";
import type { DrawnMachines, Topology } from "../setup-data.ts";
import { exampleSetup } from "./testing.ts";
import { topologyDrawing } from "./topology.ts";

const { topology } = exampleSetup();

/** The drawing for wide pages, and that for telephones. */
function drawings(of: Topology): string[] {
  return topologyDrawing(of).markup.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
}

const numbers = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, number]) => Number(number));

test("there is one drawing for wide pages and one for telephones, each with its words", () => {
  const [wide = "", narrow = ""] = drawings(topology);
  assert.match(wide, 'class="wide" viewBox="0 0 1080 ');
  assert.match(narrow, 'class="narrow" viewBox="0 0 360 ');
  for (const drawing of [wide, narrow]) {
    assert.match(drawing, 'role="img"');
    for (const text of [
      "20 × complete",
      "500 customers",
      "4 × campus",
      "10 Gbit/s",
      "covers 50 %",
    ]) {
      assert.match(drawing, `>${text}<`);
    }
    assert.match(drawing, "20 complete in campus: up 750 kbit/s, down 3 Mbit/s.");
  }
});

test("each link that limits is an arrow: up towards the network, down away from it", () => {
  const [wide = "", narrow = ""] = drawings(topology);
  // The server and two classes of volunteers send; customers and both classes receive.
  for (const drawing of [wide, narrow]) {
    assert.is(drawing.match(/class="up"/g)?.length, 3);
    assert.is(drawing.match(/class="down"/g)?.length, 3);
  }
  // On a telephone all boxes stand right of the network: what is sent goes left.
  const [from = 0] = numbers(narrow, /class="up" d="M(\d+)/g);
  const [tip = 0] = numbers(narrow, /class="up" d="M.*?L.*?L.*?L(\d+)/g);
  assert.ok(from > tip, `${from} > ${tip}`);
});

test("volunteers stand on the right of a wide drawing, all others on its left", () => {
  const [wide = ""] = drawings(topology);
  assert.equal(numbers(wide, /class="box volunteers" x="([\d.]+)"/g), [750.5, 750.5]);
  assert.equal(numbers(wide, /class="box (?:server|customers)" x="([\d.]+)"/g), [0.5, 0.5]);
});

test("no box overlaps another, and all are within the drawing", () => {
  const many = Array.from({ length: 9 }, (_, at): DrawnMachines => {
    const site = at % 2 === 0 ? "campus" : null;
    const traits = ["one", "two", "three"].slice(0, at % 4);
    const rates = { uplink: 1e5 * (at + 1), downlink: 1e6 };
    return { kind: "volunteers", name: `class ${at}`, count: at, site, traits, ...rates };
  });
  for (const drawing of drawings({ ...topology, machines: [...topology.machines, ...many] })) {
    const [height = 0] = numbers(drawing, /viewBox="0 0 \d+ ([\d.]+)"/g);
    const boxes = [
      ...drawing.matchAll(
        /class="box \w+" x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/g,
      ),
    ].map(([, x, y, tall]) => ({ x, top: Number(y), bottom: Number(y) + Number(tall) }));
    assert.is(boxes.length, 12); // Of 13 classes.
    for (const box of boxes) {
      assert.ok(box.top >= 0 && box.bottom <= height);
      const others = boxes.filter((other) => other !== box && other.x === box.x);
      for (const { top, bottom } of others) assert.ok(bottom < box.top || box.bottom < top);
    }
  }
  const all = topologyDrawing({ ...topology, machines: [...topology.machines, ...many] }).markup;
  assert.match(all, "1 more class is in the tables");
});

test("a thing that never limits has no arrow, and names cannot become markup", () => {
  const evil = { ...topology.machines[1], name: "<img>", uplink: null, downlink: null };
  const [wide = ""] = drawings({ backbone: 1, sites: [], machines: [evil as DrawnMachines] });
  assert.not.match(wide, "<path");
  assert.not.match(wide, "<img>");
  assert.match(wide, "500 &lt;img&gt;");
});

test.run();
