import { parseCurve } from "../curve.ts";
import { type Extract, parseExtract } from "../extract.ts";
import { exponentialShape, measuredShape, type ReleaseShape } from "../release-shape.ts";
import { readText } from "./text.ts";

/** What a release workload is generated from: read once, used for every replication. */
export interface ReleaseInputs {
  readonly extract: Extract;
  readonly shape: ReleaseShape;
  /** The files read, for the manifest. */
  readonly paths: readonly string[];
}

/** `curve` is the path of a measured curve, or "exponential" for a constant hazard. */
export function loadReleaseInputs({
  catalogue,
  curve,
}: {
  readonly catalogue: string;
  readonly curve: string;
}): ReleaseInputs {
  const extract = parseExtract(readText(catalogue), catalogue);
  if (curve === "exponential") return { extract, shape: exponentialShape(), paths: [catalogue] };
  const shape = measuredShape(parseCurve(readText(curve), curve));
  return { extract, shape, paths: [catalogue, curve] };
}
