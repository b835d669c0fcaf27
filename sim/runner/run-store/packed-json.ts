/** A column of numbers in JSON: the bytes of its doubles, little-endian, in base64. */
interface PackedColumn {
  readonly $f64: string;
}

/** JSON in which columns of numbers are packed; `packedOf` reads back the same bits. */
export function packedJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part instanceof Float64Array ? packed(part) : part,
  );
}

/** @throws SyntaxError when the text is not JSON. */
export function packedOf(text: string): unknown {
  return JSON.parse(text, (_name, part: unknown) => (isPacked(part) ? unpacked(part) : part));
}

function packed(column: Float64Array): PackedColumn {
  const bytes = new DataView(new ArrayBuffer(column.length * Float64Array.BYTES_PER_ELEMENT));
  for (const [i, value] of column.entries()) {
    bytes.setFloat64(i * Float64Array.BYTES_PER_ELEMENT, value, true);
  }
  return { $f64: Buffer.from(bytes.buffer).toString("base64") };
}

function unpacked({ $f64 }: PackedColumn): Float64Array {
  const bytes = Buffer.from($f64, "base64");
  return Float64Array.from({ length: bytes.length / Float64Array.BYTES_PER_ELEMENT }, (_, i) =>
    bytes.readDoubleLE(i * Float64Array.BYTES_PER_ELEMENT),
  );
}

function isPacked(value: unknown): value is PackedColumn {
  return typeof value === "object" && value !== null && "$f64" in value;
}
