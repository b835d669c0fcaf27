/** Runs `experiments/scale.yaml` once at the size given, and prints what it took. */
import { inlineMore } from "../runner/inlining.ts";
import { scaleSetting } from "./scale-setting.ts";

inlineMore();
const setting = await scaleSetting(process.argv[2]);
const workload = await setting.workload();
const start = process.cpuUsage();
const { events, fingerprint } = setting.run(workload);
const { user, system } = process.cpuUsage(start);
const { customers, volunteers } = setting;
const { requests } = workload.trace;
const seconds = (user + system) / 1e6;
const peakBytes = 1024 * process.resourceUsage().maxRSS;
const counts = { customers, volunteers, requests, events, fingerprint };
console.log(`\n${JSON.stringify({ ...counts, seconds, peakBytes })}`);
