import { spawn } from "node:child_process";

/** What opens a file in the reader's own program, by platform. */
const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/**
 * Opens a file with the platform's opener.
 *
 * @returns whether there is one; it goes on by itself.
 */
export function openFile(path: string): Promise<boolean> {
  const [program = "xdg-open", ...before] = OPENERS[process.platform] ?? ["xdg-open"];
  return new Promise((resolve) => {
    const opener = spawn(program, [...before, path], { detached: true, stdio: "ignore" });
    opener.once("error", () => resolve(false));
    opener.once("spawn", () => {
      opener.unref();
      resolve(true);
    });
  });
}
