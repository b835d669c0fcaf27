const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** What a digit stands for, by its code; 255 for what is none. */
const VALUES = new Uint8Array(128).fill(255);
for (let digit = 0; digit < 64; digit++) VALUES[DIGITS.charCodeAt(digit)] = digit;

/** Bytes as text: base64 (RFC 4648, section 4) without padding. Not every engine brings one. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const three = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = Math.min(3, bytes.length - at) + 1;
    for (let i = 0; i < digits; i++) text += DIGITS[(three >> (18 - 6 * i)) & 63];
  }
  return text;
}

/** @throws RangeError when the text is not what `base64` writes. */
export function bytesOfBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? 255;
    if (value === 255) throw new RangeError(`expected a digit of base64; got ${text[at]}`);
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  if (text.length % 4 === 1 || held !== 0) throw new RangeError("expected whole bytes of base64");
  return bytes;
}
