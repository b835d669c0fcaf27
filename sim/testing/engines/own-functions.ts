/** A planted fault: what engines round as they like, which the test must be able to see. */
export function output(): string {
  const found: number[] = [];
  for (let i = 0; i < 1000; i++) found.push(Math.exp(-i / 1000));
  return found.join("\n");
}
