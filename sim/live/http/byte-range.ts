/** A part of a file, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/**
 * What a Range header asks of a file of `size` bytes (RFC 9110, 14.1.2): a part; all of it, where it says
 * nothing, nothing valid, or names several parts, which a server may decline (14.2); or what no part of the
 * file can satisfy.
 */
export function byteRange(
  field: string | undefined,
  size: number,
): ByteRange | "whole" | "unsatisfiable" {
  const [, from = "", to = ""] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(field ?? "") ?? [];
  if (from === "" && to === "") return "whole";
  if (from === "") return suffix(Number(to), size);
  const start = Number(from);
  const last = to === "" ? Number.POSITIVE_INFINITY : Number(to);
  if (last < start) return "whole"; // Invalid, and so ignored.
  if (start >= size) return "unsatisfiable";
  return { start, length: Math.min(last, size - 1) - start + 1 };
}

function suffix(length: number, size: number): ByteRange | "whole" | "unsatisfiable" {
  if (length === 0) return "unsatisfiable";
  return length >= size ? "whole" : { start: size - length, length };
}
