import type { StartSystem } from "./trial.ts";
export const startServe: StartSystem = async () => {
  throw new Error("not yet");
};
