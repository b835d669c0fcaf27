/**
 * The rolling checksum of the rsync algorithm (Tridgell and Mackerras, TR-CS-96-05, section 3), over
 * bytes x₁ … xₗ: a = Σ xᵢ and b = Σ (l − i + 1)·xᵢ, both modulo 2¹⁶; the checksum is a + 2¹⁶·b, here as
 * an unsigned number of 32 bits.
 *
 * @param before The checksum of the bytes before, where these go on with a block.
 */
export function rollingChecksum(bytes: Uint8Array, before = 0): number {
  let a = before & 0xffff;
  let b = before >>> 16;
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]) & 0xffff;
    b = (b + a) & 0xffff;
  }
  return joined(a, b);
}

/** The checksum of a window of `length` bytes that moves on by one: `out` leaves it, `into` enters. */
export function rolled(checksum: number, length: number, out: number, into: number): number {
  const a = ((checksum & 0xffff) - out + into) & 0xffff;
  const b = ((checksum >>> 16) - length * out + a) & 0xffff;
  return joined(a, b);
}

function joined(a: number, b: number): number {
  return ((b << 16) | a) >>> 0;
}
