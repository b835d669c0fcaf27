import {
  type Experiment,
  POLICY_FAMILIES,
  type PolicyFamily,
  type Variant,
  variantsOf,
} from "../../experiment/config/experiment.ts";
import { formatDuration, formatSetting, formatTime } from "../../report/format.ts";
import type { SetupData } from "../../report/setup-data.ts";
import { changeTable } from "./changes.ts";
import { machineTables } from "./machines.ts";
import { policyTable } from "./policies.ts";
import { causeTable, measureRows, systemRows } from "./settings.ts";
import { topologyOf } from "./topology.ts";
import { counted, listed } from "./words.ts";
import { workloadRows } from "./workload.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

/**
 * What an experiment simulates, with all its settings and defaults; where settings vary, the first
 * variant. `facts`: how much work that has, null where it was not kept; `replications`: runs of each
 * cell.
 */
export function setupData(
  experiment: Experiment,
  replications: number,
  facts: WorkloadFacts | null,
): SetupData {
  const [first] = variantsOf(experiment);
  const { system } = first;
  const changes = changeTable(experiment);
  return {
    sentences: [
      systemSentence(first),
      workSentence(first, facts),
      comparedSentence(experiment, first, replications),
      ...variedSentences(experiment),
    ],
    topology: topologyOf(system, customersIn(first, facts)),
    tables: [
      ...machineTables(system),
      ...(changes === null ? [] : [changes]),
      {
        title: "Work and settings",
        columns: [],
        rows: [
          ...workloadRows(first, facts),
          ...systemRows(first),
          ...measureRows(experiment, replications),
        ],
        isFolded: false,
      },
      policyTable(experiment),
      causeTable(system.transport),
    ],
  };
}

function systemSentence({ system }: Variant): string {
  const { server, volunteers, sites } = system;
  const machines = volunteers.reduce((sum, { count }) => sum + count, 0);
  const classes = volunteers.length > 1 ? ` in ${volunteers.length} classes` : "";
  const places = sites.classes.reduce((sum, { count }) => sum + count, 0);
  const where = places === 0 ? "" : `, at ${counted(places, "site")}`;
  return (
    `A server with an uplink of ${formatSetting(server.uplink, "bytes/s")} and ` +
    `${counted(machines, "volunteer")}${classes}${where}.`
  );
}

function workSentence({ workload, window, system }: Variant, facts: WorkloadFacts | null): string {
  const length = window ?? facts?.window ?? null;
  const over = length === null ? "" : `Over ${formatTime(length)}, `;
  const sentence = `${over}${workClause(workload, facts)}`;
  const { parallel } = system.customers;
  const atOnce = "sync" in workload ? "" : `, each with ${counted(parallel, "download")} at a time`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${atOnce}.`;
}

function workClause(workload: Variant["workload"], facts: WorkloadFacts | null): string {
  if ("release" in workload) {
    const { customers, at } = workload.release;
    return `${counted(customers, "customer")} come for a release at ${formatTime(at)}`;
  }
  if ("poisson" in workload) {
    return `a request comes every ${formatDuration(workload.poisson.gap)} on average, by chance`;
  }
  if ("sync" in workload) {
    return "a repository changes and volunteers synchronise; nobody downloads";
  }
  const { file } = workload.log;
  if (facts === null) return `the requests of the log ${file} are replayed`;
  const { requests, customers } = facts;
  return `${counted(requests, "request")} of ${counted(customers, "customer")} are replayed from ${file}`;
}

const FAMILY_NOUNS: Readonly<Record<PolicyFamily, string>> = {
  dispatch: "redirect policies",
  replication: "placements",
  eviction: "rules of eviction",
  sync: "rules of synchronisation",
  trust: "rules of trust",
  handout: "rules for handing out peers",
  pieces: "rules for choosing pieces",
  choking: "rules of choking",
  chunkSize: "rules for chunk sizes",
};

/** What is compared beside levels, and how often it was run. */
function comparedSentence(
  { compare }: Experiment,
  { policies, system, workload }: Variant,
  replications: number,
): string {
  const families = POLICY_FAMILIES.filter((family) => policies[family].length > 1);
  const { method } = system.synchronisation;
  const compared = [
    ...families.map((family) => `${policies[family].length} ${FAMILY_NOUNS[family]}`),
    ...(method.length > 1 ? [`${method.length} methods of synchronisation`] : []),
  ];
  const [dispatch] = policies.dispatch;
  const often = counted(replications, "replication");
  const isOne = compared.length === 0;
  if (isOne && "sync" in workload) return `Volunteers synchronise by ${method[0]}, in ${often}.`;
  if (isOne) return `Requests are redirected by ${dispatch.name}, in ${often}.`;
  const against = [compare?.dispatch, compare?.synchronisation].filter((name) => name != null);
  const baseline = against.length === 0 ? "" : `, with ${listed(against)} as the baseline`;
  return `${listed(compared)} are compared${baseline}, in ${often} each.`;
}

function variedSentences({ vary }: Experiment): string[] {
  const axes = (vary?.axes ?? []).filter(({ levels }) => levels.length > 1);
  if (axes.length === 0) return [];
  const told = axes.map(({ name, levels }) => `${name} (${levels.join(", ")})`);
  const first = axes.map(({ name, levels }) => `${name} ${levels[0]}`);
  return [`What varies: ${listed(told)}. Shown here is ${listed(first)}.`];
}

/** How many customers are expected, or how many there were. */
function customersIn({ workload }: Variant, facts: WorkloadFacts | null): number | null {
  if ("release" in workload) return workload.release.customers;
  return facts === null || "sync" in workload ? null : facts.customers;
}
