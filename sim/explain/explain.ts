import { existsSync } from "node:fs";
import { InputError } from "../engine/input-error.ts";
import { fileDigest } from "../experiment/file-digest.ts";
import { findRun } from "../outcome/results/find-run.ts";
import type { StoredRun } from "../outcome/results/run-folder.ts";
import { runMaker } from "../runner/cell-run.ts";
import { explainMetric, type MetricExplanation } from "./explain-metric.ts";
import { explainRequest, type RequestExplanation } from "./explain-request.ts";
import {
  explainSlowest,
  explainSlowestVisits,
  type SlowestExplanation,
  type SlowestVisits,
  type SlowRequest,
} from "./explain-slowest.ts";
import { type Question, questionOf, type TypedQuestion } from "./question.ts";
import { tryAlternatives } from "./try-alternatives.ts";

/** What is explained, and whether the run came out again as it is stored. */
export interface Explained {
  readonly run: {
    readonly folder: string;
    readonly experiment: string;
    readonly policy: string;
    readonly replication: number;
    /** Of the stored run, and of today's. */
    readonly stored: string;
    readonly fingerprint: string;
    readonly isSame: boolean;
  };
  /** Says why the two may differ; empty where they do not. */
  readonly notes: readonly string[];
  readonly request?: RequestExplanation;
  readonly slowest?: SlowestExplanation;
  readonly visits?: SlowestVisits;
  readonly metric?: MetricExplanation;
}

/** Told how many alternatives have been tried. */
export type OnTried = (done: number, all: number) => void;

/**
 * Explains requests of a run by simulating it again.
 *
 * @throws InputError when there is no such run, or the question does not fit it.
 */
export async function explain(
  text: string,
  options: {
    readonly out: string;
    readonly typed: TypedQuestion;
    readonly onTried: OnTried;
  },
): Promise<Explained> {
  const stored = findRun(text, options.out);
  const question = questionOf(options.typed, stored);
  const changed = changedInputs(stored);
  const { fingerprint, ...parts } = await answer(stored, question, options);
  const { experiment } = stored.manifest;
  const { cell, runs } = stored.all[question.cell];
  const before = runs[question.replication].fingerprint;
  const isSame = fingerprint === before;
  return {
    run: {
      folder: stored.folder,
      experiment: experiment.name,
      policy: cell.label,
      replication: question.replication,
      stored: before,
      fingerprint,
      isSame,
    },
    notes: isSame ? [] : [changeOf(stored, changed)],
    ...parts,
  };
}

type Answer = Omit<Explained, "run" | "notes"> & { readonly fingerprint: string };

/** Explains a request by its number, and tries other nodes for it. */
type ExplainOne = (request: number) => ReturnType<typeof explainRequest>;

async function answer(
  { manifest }: StoredRun,
  { about, cell, replication, alternatives: limit, jobs }: Question,
  { onTried }: { readonly onTried: OnTried },
): Promise<Answer> {
  const { experiment } = manifest;
  const of = { experiment, cell, replication };
  const newRun = await runMaker(of);
  const { requests } = newRun().workload.trace;
  if (requests === 0) {
    throw new InputError([`${experiment.name}: expected requests to explain; got none`]);
  }
  const { from, horizon } = experiment.measure;
  const explainOne: ExplainOne = (request) =>
    explainRequest(newRun(), request, limit, (nodes) =>
      tryAlternatives({ of, request, nodes }, jobs, onTried),
    );
  switch (about.kind) {
    case "slowest": {
      const best = limit ? explainOne : null;
      if (about.of === "visit") {
        const { explanation, fingerprint } = explainSlowestVisits(newRun, from, about.count);
        return { visits: await visitsWithBest(explanation, best), fingerprint };
      }
      const { explanation, fingerprint } = explainSlowest(newRun, from, about.count);
      const slowest = await withBest(explanation.slowest, best);
      return { slowest: { ...explanation, slowest }, fingerprint };
    }
    case "metric": {
      const { explanation: metric } = explainMetric(newRun, { from, horizon }, about.metric);
      const { explanation, fingerprint } = await explainOne(metric.request);
      return { metric, request: explanation, fingerprint };
    }
    case "request": {
      const { request } = about;
      if (request >= requests) {
        throw new InputError([`--request: invalid request: ${request}; not in [0, ${requests})`]);
      }
      const { explanation, fingerprint } = await explainOne(request);
      return { request: explanation, fingerprint };
    }
  }
}

/** The slowest visits, of each the longest request with the best node of those tried instead. */
async function visitsWithBest(
  explanation: SlowestVisits,
  explainOne: ExplainOne | null,
): Promise<SlowestVisits> {
  const { slowest } = explanation;
  const longest = await withBest(
    slowest.map((visit) => visit.longest),
    explainOne,
  );
  return {
    ...explanation,
    slowest: slowest.map((each, at) => ({ ...each, longest: longest[at] })),
  };
}

/** Requests, each with the best node of those tried instead, if any are to be tried. */
async function withBest(
  requests: readonly SlowRequest[],
  explainOne: ExplainOne | null,
): Promise<readonly SlowRequest[]> {
  if (explainOne === null) return requests;
  const told: SlowRequest[] = [];
  for (const one of requests) {
    const { outcomes, truths } = (await explainOne(one.request)).explanation;
    const [{ node, delay }] = outcomes;
    const name = truths.find((truth) => truth.node === node)?.name;
    told.push(name === undefined ? one : { ...one, best: { name, delay } });
  }
  return told;
}

/** Input files that are no longer what they were when the run was made. */
function changedInputs({ manifest }: StoredRun): string[] {
  return (
    Object.entries(manifest.inputs)
      // Of one that is missing its reader will tell.
      .filter(([path, digest]) => existsSync(path) && fileDigest(path) !== digest)
      .map(([path]) => path)
  );
}

function changeOf({ manifest }: StoredRun, changed: readonly string[]): string {
  const reason =
    changed.length > 0
      ? `changed since: ${changed.join(", ")}`
      : `mirrorlab has changed since commit ${manifest.commit ?? "unknown"}`;
  return `this is not the stored run, which came out otherwise; ${reason}`;
}
