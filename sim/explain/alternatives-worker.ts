/** A thread that simulates alternatives of one request, one node after another. */
import { workerData } from "node:worker_threads";
import { answerTasks } from "../runner/answer-tasks.ts";
import { runMaker } from "../runner/cell-run.ts";
import { type Alternative, alternative } from "./alternatives.ts";
import type { Trials } from "./try-alternatives.ts";

const { of, request } = workerData as Trials;
const runs = runMaker(of);

answerTasks(async (node: number): Promise<Alternative> => {
  const newRun = await runs;
  return alternative(newRun(), request, node);
});
