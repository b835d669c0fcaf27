/** Makes the index of a catalogue of files that are nowhere: `serve-files.ts STATE_FOLDER ROOT COUNT`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { syntheticCatalogue } from "../live/catalogue/testing.ts";

const [state, root, count] = process.argv.slice(2);
mkdirSync(state, { recursive: true });
const catalogue = await syntheticCatalogue(Number(count), state, {
  root,
  index: join(state, "catalogue"),
});
await catalogue.close();
console.log("{}");
