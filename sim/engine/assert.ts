/**
 * States what must be true. A false condition is our fault, never the user's.
 *
 * Used instead of `node:assert`, because the engine and the model also run in browsers.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
