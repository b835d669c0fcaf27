import { FileTable } from "./file-table.ts";
import { IndexFile } from "./index/index-file.ts";

/**
 * The paths of a server's files by number, removed ones included, from its index, which the server may go on
 * writing meanwhile.
 *
 * @param folder Of the index.
 * @throws InputError where it is damaged or of another format.
 */
export function keptPaths(folder: string): (file: number) => string | undefined {
  const table = new FileTable();
  IndexFile.read(folder, table);
  return (file) => (file < table.count ? table.paths.at(file) : undefined);
}
