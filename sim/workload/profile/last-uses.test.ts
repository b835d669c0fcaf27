import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { LastUses } from "./last-uses.ts";

type Distance = ReturnType<LastUses["use"]>;

function distances(size: readonly number[], uses: readonly number[]): Distance[] {
  const last = new LastUses(Float64Array.from(size), new Set(uses).size);
  return uses.map((file) => last.use(file));
}

/** The same with a list that is searched, the file last used at its head. */
function byList(size: readonly number[], uses: readonly number[]): Distance[] {
  const list: number[] = [];
  return uses.map((file) => {
    const place = list.indexOf(file);
    const since = list.slice(0, place + 1);
    if (place >= 0) list.splice(place, 1);
    list.unshift(file);
    const bytes = since.reduce((sum, each) => sum + size[each], 0);
    return place < 0 ? null : { files: since.length, bytes };
  });
}

test("the distance is that of the files used since, with the file's own", () => {
  const [a, b, c] = [0, 1, 2];
  assert.equal(distances([1, 20, 300], [a, b, c, c, a, b, a]), [
    null,
    null,
    null,
    { files: 1, bytes: 300 }, // Again at once.
    { files: 3, bytes: 321 }, // b and c, once each.
    { files: 3, bytes: 321 }, // c and a.
    { files: 2, bytes: 21 },
  ]);
});

test("distances are those of a list, however often the slots are used up", () => {
  const cases = fc.integer({ min: 1, max: 12 }).chain((files) =>
    fc.record({
      size: fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: files, maxLength: files }),
      uses: fc.array(fc.nat(files - 1), { maxLength: 200 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ size, uses }) => {
      assert.equal(distances(size, uses), byList(size, uses));
    }),
    { numRuns: 200 },
  );
});

test.run();
