import type { Account } from "./account.ts";
import type { LineParser } from "./log-format.ts";
import type { FileTable } from "./tables/file-table.ts";

/** A format of catalogues, which list a repository's files: one file each in `catalogue/`. */
export type CatalogueFormat = {
  readonly name: string;
  /** Half a sentence for `--help`. */
  readonly summary: string;
} & (
  | { readonly lines: (files: FileTable) => LineParser }
  /** For a format in which lines mean nothing; `starts` tells it by its first line. */
  | {
      readonly starts: (line: string) => boolean;
      readonly read: (path: string, files: FileTable) => Promise<Account>;
    }
);
