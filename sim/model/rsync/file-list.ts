/** What walking and sending the list of files costs. */
export interface FileListCosts {
  /**
   * Seconds a file to read its name, size and time on the slower side. By default what the abstract's
   * shortest synchronisation allows: 0.54 h for 2.2 million files, nearly all unchanged.
   */
  readonly secondsPerFile: number;
  /**
   * Bytes a file in the list: flags, the part of the name that differs from the one before, its
   * length, size, time and mode (flist.c, send_file_entry); about 20 and what is new of a name.
   */
  readonly bytesPerFile: number;
}

export const DEFAULT_FILE_LIST: FileListCosts = {
  secondsPerFile: (0.54 * 3600) / 2.2e6,
  bytesPerFile: 40,
};

/**
 * Seconds until a list of `files` is compared. Both sides walk at once while the list is on its
 * way, so the slower of walk and wire counts. `rate` is in bytes per second.
 */
export function fileListSeconds(
  files: number,
  rate: number,
  { secondsPerFile, bytesPerFile }: FileListCosts = DEFAULT_FILE_LIST,
): number {
  return files * Math.max(secondsPerFile, bytesPerFile / rate);
}

/** Bytes the list takes from sender to receiver. */
export function fileListBytes(
  files: number,
  { bytesPerFile }: FileListCosts = DEFAULT_FILE_LIST,
): number {
  return files * bytesPerFile;
}
