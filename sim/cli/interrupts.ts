/**
 * Aborted when the user or the system asks to stop (Ctrl-C, SIGTERM), so that what is finished can be
 * kept. Asked again, the process ends at once.
 */
export function interrupts(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => controller.abort());
  }
  return controller.signal;
}
