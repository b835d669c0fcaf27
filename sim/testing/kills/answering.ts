/**
 * Answers customers as fast as it can, to be killed: node answering.js FOLDER FIRST. Each answer is printed
 * when it is written down: the number of the customer, from FIRST on, and whom it was sent to.
 */
import { writeSync } from "node:fs";
import { SmallHost } from "../../live/journal/testing.ts";

/** Asks in one turn of the event loop. */
const TOGETHER = 20;

const [folder = "", first] = process.argv.slice(2);
const host = await new SmallHost(folder, { rotateBytes: 50_000 }).start();
if (host.coordinator.survey.volunteers === 0) host.join(0, 1, 2);
let customer = Number(first);

function answer(): void {
  for (let asks = 0; asks < TOGETHER; asks++) {
    const line = `${customer} ${host.ask(customer)}\n`;
    host.store.written(() => writeSync(1, line));
    customer++;
  }
  host.store.tick();
  setImmediate(answer);
}

answer();
