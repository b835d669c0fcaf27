/** A whole character of several bytes in UTF-8 (RFC 3629, section 4), as Latin-1. */
const UTF8 =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

const BEYOND_ASCII = /[\x80-\xff]/;

/**
 * The text of bytes that are given as Latin-1, a character a byte. What is not UTF-8 is
 * percent-encoded, so that names that differ in their bytes stay apart.
 */
export function utf8Of(latin1: string): string {
  if (!BEYOND_ASCII.test(latin1)) return latin1;
  const sound = latin1.replace(UTF8, (character) =>
    character.length > 1 ? character : percentEncoded(character),
  );
  return Buffer.from(sound, "latin1").toString("utf8");
}

function percentEncoded(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase()}`;
}
