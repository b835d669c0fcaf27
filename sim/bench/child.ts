/** Measures the benchmark of the name given, and prints its rounds as JSON on the last line. */
import { BENCHMARKS } from "./benchmarks.ts";
import type { Rounds } from "./measured.ts";

const { rounds: times, round, references } = await BENCHMARKS[process.argv[2]]();
const rounds = [];
for (let time = 0; time < times; time++) rounds.push(await round());
const found: Rounds = { rounds, references: (await references?.()) ?? {} };
console.log(`\n${JSON.stringify(found)}`);
