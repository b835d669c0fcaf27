import { type Experiment, type Variant, variantsOf } from "../../experiment/config/experiment.ts";
import type { SystemChange, VolunteerClass } from "../../model/system.ts";
import { formatDuration, formatSetting, formatTime } from "../../report/format.ts";
import type { SetupTable } from "../../report/setup-data.ts";
import { listed } from "./words.ts";

/** What may change, with its value at one moment in people's units. */
type Values = readonly (readonly [what: string, value: string])[];

const rate = (bytes: number) => formatSetting(bytes, "bytes/s");

/** What changes while the simulation runs, and when, in the order of time; null where nothing does. */
export function changeTable(experiment: Experiment): SetupTable | null {
  const all = variantsOf(experiment).map((variant) => ({ variant, rows: rowsOf(variant) }));
  if (all.every(({ rows }) => rows.length === 0)) return null;
  const [{ rows: first }] = all;
  const isOne = all.every(({ rows }) => JSON.stringify(rows) === JSON.stringify(first));
  return {
    title: "What changes while it runs",
    columns: [...(isOne ? [] : ["at level"]), "from", "what", "before", "then"],
    rows: isOne
      ? first
      : all.flatMap(({ variant: { levels }, rows }) =>
          rows.map((row) => [listed(Object.values(levels)), ...row]),
        ),
    isFolded: false,
  };
}

/** Seconds at which something changes at any level, each once, in order. */
export function changeTimes(experiment: Experiment): number[] {
  const times = variantsOf(experiment).flatMap(({ system }) =>
    (system.changes ?? []).map(({ at }) => at),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

function rowsOf({ system, policies, successors = [] }: Variant): string[][] {
  let before = valuesOf(system);
  let dispatch = listed(policies.dispatch.map(({ name }) => name));
  return (system.changes ?? []).flatMap((change, number) => {
    const values = valuesOf(change);
    const rows = values.flatMap(([what, value], at) =>
      value === before[at][1] ? [] : [[formatTime(change.at), what, before[at][1], value]],
    );
    before = values;
    const successor = successors[number] ?? null;
    if (successor === null) return rows;
    const row = [formatTime(change.at), "dispatch policy", dispatch, successor.name];
    dispatch = successor.name;
    return [...rows, row];
  });
}

function valuesOf(moment: Omit<SystemChange, "at">): Values {
  const { server, volunteers, tracker, synchronisation } = moment;
  return [
    ["uplink of the server", rate(server.uplink)],
    ...volunteers.flatMap(valuesOfClass),
    ["between two announces", formatDuration(tracker.interval)],
    ["between two synchronisations", formatDuration(synchronisation.every)],
    ["each synchronisation", rate(synchronisation.rate)],
  ];
}

function valuesOfClass({ name, count, uplink, downlink, shared }: VolunteerClass): Values {
  return [
    [`machines of ${name}`, formatSetting(count, "count")],
    [`uplink of ${name}`, rate(uplink)],
    [`downlink of ${name}`, rate(downlink)],
    [`both ways together of ${name}`, rate(shared)],
  ];
}
