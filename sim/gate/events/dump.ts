/** `node dump.js FILE CELL AT LENGTH` prints the moments of a cell as JSON: what `--trace-old` asks. */
import { cells } from "../../experiment/config/cells.ts";
import { readExperiment } from "../../experiment/config/read-experiment.ts";
import { registryFor } from "../../experiment/own-policy/registry.ts";
import { Retracer } from "./retracer.ts";

const [file, label, at, length] = process.argv.slice(2);
const experiment = readExperiment(file, { registry: await registryFor(file) });
const cell = cells(experiment).findIndex((each) => each.label === label);
const wanted = { window: { at: Number(at), length: Number(length) } };
console.log(JSON.stringify(await new Retracer(experiment).retrace({ cell, wanted })));
