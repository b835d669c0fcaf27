import { writeSync } from "node:fs";
import type { FileCalls } from "./group-commit.ts";

/**
 * Writes in this thread. A write of some kilobytes to the page cache takes less than to wake another thread
 * for it, and all asks of a turn of the event loop share one; where the disk makes it wait, those who
 * asked wait as they would, and deliveries with them.
 */
export const writeNow: FileCalls["write"] = (fd, bytes, offset, length, _position, done) => {
  let written: number;
  try {
    written = writeSync(fd, bytes, offset, length);
  } catch (error) {
    done(error as NodeJS.ErrnoException, 0);
    return;
  }
  done(null, written);
};
