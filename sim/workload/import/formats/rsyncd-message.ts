import { secondsUtc } from "../text/utc.ts";

/** A line of an rsync daemon's log. */
export interface RsyncdMessage {
  /** Seconds since 1970. The daemon writes local time without its zone: UTC is assumed. */
  readonly time: number;
  /** The process that serves one client. */
  readonly process: string;
  readonly text: string;
}

const SHAPE = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) \[(\d{1,10})\] (.*)$/;

/** `%t [%p]` and the text (rsyncd.conf(5), "log file" and "log format"); null for another line. */
export function rsyncdMessage(line: string): RsyncdMessage | null {
  const [found, year, month, day, hour, minute, second, process, text] = SHAPE.exec(line) ?? [];
  if (found === undefined) return null;
  const time = secondsUtc(
    [Number(year), Number(month), Number(day)],
    [Number(hour), Number(minute), Number(second)],
  );
  return Number.isNaN(time) ? null : { time, process, text };
}

export interface RsyncdTransfer {
  readonly operation: string;
  readonly address: string;
  readonly path: string;
  /** Bytes of the file, of which rsync may have sent fewer. */
  readonly length: string;
}

const TRANSFER = /^(send|recv|del\.) (\S+) \[([^\]\s]+)\] (\S+) \([^)]*\) (.+) (\d+)$/;

/** What the text says in the default `%o %h [%a] %m (%u) %f %l`; null for any other message. */
export function rsyncdTransfer(text: string): RsyncdTransfer | null {
  const [found, operation, , address, module, file, length] = TRANSFER.exec(text) ?? [];
  if (found === undefined) return null;
  return { operation, address, path: `/${module}/${file.replace(/^\/+/, "")}`, length };
}
