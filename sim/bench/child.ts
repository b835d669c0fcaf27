/** Measures the benchmark of the name given, and prints its rounds as JSON on the last line. */
import type { Figures } from "./benchmark.ts";
import { BENCHMARKS } from "./benchmarks.ts";

const benchmark = BENCHMARKS[process.argv[2]];
const rounds: Figures[] = [];
for (let time = 0; time < benchmark.rounds; time++) rounds.push(await benchmark.round());
console.log(`\n${JSON.stringify(rounds)}`);
