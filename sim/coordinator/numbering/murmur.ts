/** MurmurHash3_x86_32 with seed 0 (Austin Appleby, smhasher), of the bytes from `start` to before `end`, as a signed integer: V8 keeps those in registers. */
export function hashOf(bytes: DataView, start: number, end: number): number {
  let hash = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash ^= mixed(bytes.getInt32(at, true));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let last = end - 1; last >= at; last--) rest = (rest << 8) | bytes.getUint8(last);
  hash ^= mixed(rest) ^ (end - start);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function mixed(word: number): number {
  const half = Math.imul(word, 0xcc9e2d51);
  return Math.imul((half << 15) | (half >>> 17), 0x1b873593);
}
