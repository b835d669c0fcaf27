/** What asks a program to stop: Ctrl-C, and the system. */
const STOPS = ["SIGINT", "SIGTERM"] as const;

/**
 * Aborted when the user or the system asks to stop, so that what is finished can be kept. Asked again, by
 * whichever signal, the process ends at once. `also`: further signals that ask for it.
 */
export function interrupts(...also: readonly NodeJS.Signals[]): AbortSignal {
  const controller = new AbortController();
  const names = [...STOPS, ...also];
  const stop = () => {
    for (const name of names) process.off(name, stop);
    controller.abort();
  };
  for (const name of names) process.on(name, stop);
  return controller.signal;
}
