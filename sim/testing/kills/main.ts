/**
 * Kills whole processes at random points and looks at what is left: `npm run test:kills` for `sim run`, with
 * `-- --serve` for `sim serve`.
 */
import { parseArgs } from "node:util";
import { killedRuns } from "./killed-runs.ts";
import { killedServers } from "./killed-servers.ts";

const { values } = parseArgs({
  options: {
    serve: { type: "boolean", default: false },
    kills: { type: "string", default: "100" },
  },
});
const kills = Number(values.kills);
const isWell = values.serve ? await killedServers(kills) : await killedRuns(kills);
process.exitCode = isWell ? 0 : 1;
