/** Stands for the server itself among volunteers' numbers, and among indices of candidates. */
export const SERVER = -1;
