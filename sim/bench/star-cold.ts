/** The first run of a process: prints events for each second of the processor, compiler included. */
import { runStar } from "./star-run.ts";
import { starWorkload } from "./star-workload.ts";

console.log(runStar("1e4", starWorkload("1e4")));
