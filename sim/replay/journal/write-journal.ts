import { statSync } from "node:fs";
import { JournalWriter } from "../../coordinator/index.ts";
import { InputError } from "../../engine/input-error.ts";
import type { Overrides } from "../../experiment/config/override.ts";
import { readExperiment } from "../../experiment/config/read-experiment.ts";
import { registryFor } from "../../experiment/own-policy/registry.ts";
import type { SystemSpec } from "../../model/system.ts";
import { type Beat, beats } from "../../runner/beat.ts";
import { runMaker } from "../../runner/cell-run.ts";
import { rerun } from "../../runner/rerun.ts";
import { NO_ROOM } from "../../runner/run-store/run-store.ts";
import { systemCode, Unfinished } from "../../runner/unfinished.ts";
import { writeWhole } from "../../workload/trace/compiled/atomic.ts";
import { chosenRun, type TypedRun } from "./chosen-run.ts";
import { journalHead, ownFilesOf } from "./journal-head.ts";
import { ownMembers } from "./own-members.ts";

/** Characters of lines that are written at once. */
const BATCH = 262_144;

/** A journal that was written, and the run that it is of. */
export interface Journaled {
  readonly path: string;
  readonly lines: number;
  readonly bytes: number;
  readonly experiment: string;
  readonly replication: number;
  /** Of the run; the results of the experiment have the same. */
  readonly fingerprint: string;
}

/**
 * Simulates one run of an experiment and writes what its server was told, and answered, to `path`: the
 * whole journal or none.
 *
 * @throws InputError when the experiment is wrong, has more than one run and none is chosen, or has a
 * server that is told more than a journal can hold,
 * Unfinished when there is no room for the journal.
 */
export async function writeJournal(
  file: string,
  path: string,
  typed: TypedRun & { readonly overrides: Overrides },
  onBeat: (beat: Beat) => void,
): Promise<Journaled> {
  const registry = await registryFor(file);
  const experiment = readExperiment(file, { overrides: typed.overrides, registry });
  const chosen = chosenRun(experiment, typed);
  const run = (await runMaker(chosen))();
  checkServer(run.system);
  const head = journalHead(chosen, run, await ownMembers(ownFilesOf(chosen)));
  let [lines, bytes, fingerprint] = [0, 0, ""];
  writable(path, () =>
    writeWhole(path, (output) => {
      let batch = "";
      const flush = () => {
        bytes += batch.length;
        output.write(Buffer.from(batch, "latin1"));
        batch = "";
      };
      const writer = new JournalWriter((line) => {
        batch += line;
        if (batch.length >= BATCH) flush();
      });
      writer.begin(head);
      const ending = rerun({ ...run, onEvent: (event) => writer.write(event) }, ({ engine }) => {
        beats(engine, run.workload, onBeat);
        return {}; // The journal hears of what happens from the coordinator.
      });
      flush();
      lines = writer.lines;
      fingerprint = ending?.fingerprint ?? "";
    }),
  );
  const { replication } = chosen;
  return { path, lines, bytes, experiment: experiment.name, replication, fingerprint };
}

/** A journal is of one coordinator, and holds what that is told. */
function checkServer({ server: { redirectors }, tracker: { inFlight } }: SystemSpec): void {
  const problems = [
    ...(redirectors > 1
      ? [`--journal: expected one redirector; got ${redirectors} (system.server.redirectors)`]
      : []),
    ...(inFlight === "truth"
      ? ["--journal: expected what a server can know; got truth (system.tracker.inFlight)"]
      : []),
  ];
  if (problems.length > 0) throw new InputError(problems);
}

/** A place that cannot be written is found before hours of simulation, and told in one sentence. */
function writable(path: string, write: () => void): void {
  const refused = (found: string) =>
    new InputError([`--journal: expected a file that can be written; got ${path} (${found})`]);
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw refused("a folder");
    write();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (!NO_ROOM.includes(code)) throw refused(code);
    throw new Unfinished(`${path}: no room is left (${code}); no journal was kept`);
  }
}
