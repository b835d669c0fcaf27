/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  checkFailed: 1,
  /** Something outside stopped the work: a full disk, memory, a cluster. */
  unfinished: 1,
  badInput: 2,
  ourFault: 70,
  /** As shells report a process that Ctrl-C has ended. */
  interrupted: 130,
} as const;
