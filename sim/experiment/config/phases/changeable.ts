/** A field that may change while an experiment runs. */
interface Changeable {
  /** As people write it. */
  readonly text: string;
  /** As a regular expression, of a path as it is written. */
  readonly pattern: string;
  /** Its place in the document; null stands for the number of an item. */
  readonly path: readonly (string | null)[];
}

function changeable(text: string): Changeable {
  const steps = text.split(".");
  const isItem = (step: string) => step === "CLASS";
  return {
    text,
    pattern: steps.map((step) => (isItem(step) ? "[^.]+" : step)).join("\\."),
    path: steps.map((step) => (isItem(step) ? null : step)),
  };
}

/** All that may change. What a simulation is made of once and for all is not among it. */
export const CHANGEABLE: readonly Changeable[] = [
  "system.server.uplink",
  "system.volunteers.CLASS.count",
  "system.volunteers.CLASS.uplink",
  "system.volunteers.CLASS.downlink",
  "system.volunteers.CLASS.shared",
  "system.tracker.interval",
  "system.synchronisation.every",
  "system.synchronisation.rate",
  "policies.dispatch",
].map(changeable);

/** Whether what stands at that place in the document may change. */
export function isChangeable(place: readonly (string | number)[]): boolean {
  return CHANGEABLE.some(
    ({ path }) =>
      path.length === place.length &&
      path.every((step, at) =>
        step === null ? typeof place[at] === "number" : step === place[at],
      ),
  );
}
