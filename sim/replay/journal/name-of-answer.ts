import { LATER } from "../../coordinator/index.ts";
import { SERVER } from "../../policies/index.ts";

/** Whom a customer was sent to, in words. */
export function nameOfAnswer(answer: number): string {
  if (answer === SERVER) return "the server";
  return answer === LATER ? "to come back later" : `volunteer ${answer}`;
}
