/** Runs an even workload in the system of `experiments/scale.yaml`, and prints the most memory. */
import { type Amounts, evenWorkload } from "./even-workload.ts";
import { scaleSetting } from "./scale-setting.ts";

const { size, ...amounts } = JSON.parse(process.argv[2]) as Amounts & { readonly size: string };
const setting = await scaleSetting(size);
setting.run(evenWorkload(amounts));
const { volunteers } = setting;
const peakBytes = 1024 * process.resourceUsage().maxRSS;
console.log(`\n${JSON.stringify({ volunteers, peakBytes })}`);
