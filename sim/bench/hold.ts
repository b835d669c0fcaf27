import { EventQueue } from "../engine/event-queue.ts";
import { HeapQueue } from "../engine/heap-queue.oracle.ts";
import { inlineMore } from "../runner/inlining.ts";
import { assertHeld, exponentialTable, HELD, holdRate, QUANTILES } from "./hold-run.ts";
import { worstHoldOverHeap } from "./hold-worst.ts";
import { runCpp, runPython } from "./reference/reference.ts";

const SIZES = { "1e2": 100, "1e4": 10_000, "1e6": 1_000_000 } as const;

/** SimPy would take a minute for each of these; it does a hundredth of the operations. */
const PYTHON_SHARE = 0.01;

/** By others, who are measured once: they have no first time that is of interest here. */
let references: Readonly<Record<string, number>> | undefined;

/** Operations on the event queue for each second of the processor, with so many events pending. */
export function hold(): Record<string, number> {
  inlineMore();
  references ??= ofOthers();
  const found: Record<string, number> = {};
  for (const [name, pending] of Object.entries(SIZES)) {
    const rate = holdRate(new EventQueue(), pending);
    found[`hold.${name}.opsPerSecond`] = rate;
    found[`hold.${name}.overHeap`] = rate / holdRate(new HeapQueue(), pending);
    for (const other of ["Cpp", "CppCalendar", "SimPy"]) {
      const theirs = references[`hold.${name}.by${other}PerSecond`];
      if (theirs !== undefined) found[`hold.${name}.over${other}`] = rate / theirs;
    }
  }
  return { ...found, ...worstHoldOverHeap(), ...references };
}

function ofOthers(): Record<string, number> {
  const found: Record<string, number> = {};
  const table = exponentialTable();
  for (const [name, pending] of Object.entries(SIZES)) {
    const inputOf = (operations: number) =>
      Float64Array.of(pending, operations, QUANTILES, ...table);
    for (const [other, program] of [
      ["Cpp", "hold"],
      ["CppCalendar", "hold-calendar"],
    ] as const) {
      const run = runCpp(program, inputOf(HELD));
      if (run === null) return found;
      assertHeld(pending, run.endSum);
      found[`hold.${name}.by${other}PerSecond`] = HELD / run.seconds;
    }
    const operations = HELD * PYTHON_SHARE;
    const python = runPython("hold", "simpy", inputOf(operations));
    if (python !== null) found[`hold.${name}.bySimPyPerSecond`] = operations / python.seconds;
  }
  return found;
}
