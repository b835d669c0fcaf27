import * as zlib from "node:zlib";
import { crc32 as portable } from "../../../coordinator/journal/crc32.ts";

type Crc32 = (bytes: Uint8Array, before?: number) => number;

/** CRC-32; Node has it since 20.15 and 22.2, many times faster than the table. */
export const crc32: Crc32 = (zlib as { crc32?: Crc32 }).crc32 ?? portable;
