/** Exit codes of every command. */
export const EXIT = { done: 0, checkFailed: 1, badInput: 2, ourFault: 70 } as const;
