/** UTF-8 (RFC 3629) for engines without TextEncoder and TextDecoder, and the same as theirs. */

/** Bytes that a character of a text takes at most. */
export const MOST_BYTES = 3;

const REPLACEMENT = 0xfffd;

/** Writes the text to `bytes` from the start on; returns how many it takes. Halves of pairs become U+FFFD. */
export function encodeUtf8(text: string, bytes: Uint8Array): number {
  let end = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[end++] = code;
      continue;
    }
    if ((code & 0xf800) === 0xd800) {
      const next = text.charCodeAt(i + 1); // NaN behind the last, whose bits are none.
      const isPair = code < 0xdc00 && (next & 0xfc00) === 0xdc00;
      code = isPair ? 0x10000 + ((code & 0x3ff) << 10) + (next & 0x3ff) : REPLACEMENT;
      if (isPair) i++;
    }
    if (code < 0x800) bytes[end++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) bytes[end++] = 0xe0 | (code >> 12);
      else {
        bytes[end++] = 0xf0 | (code >> 18);
        bytes[end++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[end++] = 0x80 | (code & 0x3f);
  }
  return end;
}

/** The text of the bytes; what is no UTF-8 becomes U+FFFD, as the Encoding Standard has it. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = "";
  let code = 0;
  /** Bytes of the character that are still to come, and what the next of them must be. */
  let needed = 0;
  let least = 0x80;
  let most = 0xbf;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (needed > 0) {
      if (byte >= least && byte <= most) {
        code = (code << 6) | (byte & 0x3f);
        needed--;
        if (needed === 0) text += String.fromCodePoint(code);
      } else {
        text += "\ufffd";
        needed = 0;
        at--; // It may begin a character of its own.
      }
      least = 0x80;
      most = 0xbf;
    } else if (byte < 0x80) text += String.fromCharCode(byte);
    else if (byte < 0xc2 || byte > 0xf4) text += "\ufffd";
    else {
      needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      code = byte & (0x3f >> needed);
      if (byte === 0xe0) least = 0xa0;
      if (byte === 0xed) most = 0x9f;
      if (byte === 0xf0) least = 0x90;
      if (byte === 0xf4) most = 0x8f;
    }
  }
  return needed > 0 ? `${text}\ufffd` : text;
}
