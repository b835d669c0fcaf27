/** How a level is named where its axis is not beside it: `interval 30 min`. */
export function levelLabel(axis: string, level: string): string {
  return `${axis} ${level}`;
}
