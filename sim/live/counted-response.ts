import { type IncomingMessage, ServerResponse } from "node:http";

/** Answers that tell their status when their head is written, without a listener for each. */
export function countedResponse(answered: (status: number) => void): typeof ServerResponse {
  return class<Request extends IncomingMessage> extends ServerResponse<Request> {
    override writeHead(status: number, ...rest: never[]): this {
      answered(status);
      return super.writeHead(status, ...rest);
    }
  };
}
