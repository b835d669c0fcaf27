/** Seconds that rsync and its daemon took to start and end when there was nothing to send. */
export const PROCESS_START = 0.17;
