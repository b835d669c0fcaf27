import { type Experiment, variantsOf } from "../../experiment/config/experiment.ts";
import { type Manifest, manifestJson } from "../../experiment/manifest.ts";

/**
 * Whether replication i of one cell met the same customers, files and chance as replication i of the
 * other, so that their difference is free of what both owe to them.
 *
 * Streams follow from the seed and the replication alone, so this needs the same seed and workload,
 * drawn from the same input files. Systems and policies may differ.
 */
export function isPaired(
  a: { readonly manifest: Manifest; readonly variant: number },
  b: { readonly manifest: Manifest; readonly variant: number },
): boolean {
  const [one, other] = [a, b].map(({ manifest: { experiment }, variant }) =>
    manifestJson([experiment.seed, workloadOf(experiment, variant)]),
  );
  return one === other && hasSameInputs(a.manifest.inputs, b.manifest.inputs);
}

function workloadOf(experiment: Experiment, variant: number): unknown {
  const { workload, window } = variantsOf(experiment)[variant];
  return { workload, window };
}

function hasSameInputs(a: Manifest["inputs"], b: Manifest["inputs"]): boolean {
  return Object.entries(a).every(([path, digest]) => (b[path] ?? digest) === digest);
}
