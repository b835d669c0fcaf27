/** What is used of bencode 4, which brings no types. */
declare module "bencode" {
  /** Null and undefined are left out of lists and dictionaries; keys are sorted as UTF-16. */
  type Bencodable =
    | string
    | number
    | Uint8Array
    | null
    | undefined
    | readonly Bencodable[]
    | { readonly [key: string]: Bencodable };

  const bencode: {
    encode(data: Bencodable): Uint8Array;
    /** Texts stay bytes. Lacks many checks: only for what we have written ourselves, and in tests. */
    decode(data: Uint8Array): unknown;
  };
  // biome-ignore lint/style/noDefaultExport: it is the package's own.
  export default bencode;
}
