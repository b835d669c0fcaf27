/**
 * Splits a whole number of things by shares: each gets the whole part of its due, and what is left
 * goes to the largest remainders, the first of equals first. (A. Hamilton's method of 1792.)
 */
export function apportion(things: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const due = shares.map((share) => (things * share) / sum);
  const given = due.map(Math.floor);
  const left = things - given.reduce((total, count) => total + count, 0);
  const byRemainder = [...due.keys()].sort((a, b) => due[b] - given[b] - (due[a] - given[a]));
  for (const index of byRemainder.slice(0, left)) given[index]++;
  return given;
}
