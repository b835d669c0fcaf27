import type { IncomingMessage, ServerResponse } from "node:http";
import type { CustomerParts } from "./customer-parts.ts";
import { Folders } from "./folders.ts";
import { LISTING_POLICY, listingPage } from "./listing-page.ts";
import { bases, TEXT } from "./made-files.ts";
import { bodyAnswer, plainAnswer } from "./plain-answer.ts";
import { FOR_NOW } from "./redirect.ts";
import { asks, encodedPath, type RequestTarget } from "./request-target.ts";

/** Folders of the catalogue: their index, a listing, a list of mirrors, and the slash at their end. */
export class FolderAnswers {
  readonly #parts: CustomerParts;
  readonly #folders: Folders;

  constructor(parts: CustomerParts) {
    this.#parts = parts;
    this.#folders = new Folders(parts.catalogue);
  }

  /** Answers for a folder; false where there is none at the path. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    { path, query }: RequestTarget,
    sendIndex: (file: number) => Promise<void> | undefined,
  ): Promise<boolean> {
    if (path.startsWith("/")) return false; // Two slashes are not the root.
    const isOpen = path === "" || path.endsWith("/");
    if (!isOpen) return this.#addSlash(request, response, path);
    const folder = path.slice(0, -1);
    if (query !== "" && asks(query, "mirrorlist")) return this.#list(request, response, folder);
    const index = this.#parts.catalogue.find(`${path}index.html`);
    if (index >= 0) {
      await sendIndex(index);
      return true;
    }
    const contents = await this.#folders.contents(folder);
    if (contents === null && path !== "") return false;
    const { catalogue, options } = this.#parts;
    const known = contents ?? { files: [], folders: [], more: 0 };
    const page = listingPage(catalogue, folder, known, options.title);
    const headers = ["Cache-Control", "no-cache", "Content-Security-Policy", LISTING_POLICY];
    bodyAnswer(response, 200, "text/html; charset=utf-8", page, headers);
    return true;
  }

  /**
   * Leads to the folder where one was meant. Tools ask for much that is not there, so that a folder without
   * an index is looked for only where a browser asks.
   */
  async #addSlash(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<boolean> {
    const isFolder =
      this.#parts.catalogue.find(`${path}/index.html`) >= 0 ||
      (request.headers.accept?.includes("text/html") === true &&
        (await this.#folders.contents(path)) !== null);
    if (!isFolder) return false;
    plainAnswer(response, 301, "see the folder", ["Location", `/${encodedPath(path)}/`]);
    return true;
  }

  /**
   * The folder at all who could serve what came into it last. dnf and yum want addresses alone; APT's
   * mirror method would try those in any order, and reads priorities behind a tabulator
   * (apt-transport-mirror(1)).
   */
  async #list(request: IncomingMessage, response: ServerResponse, folder: string) {
    const path = folder === "" ? "" : `${folder}/`;
    const repomd = this.#parts.catalogue.find(`${path}repodata/repomd.xml`);
    const file = repomd >= 0 ? repomd : await this.#folders.newest(folder);
    if (file < 0) return false;
    const all = bases(this.#parts, request, file).map((base) => base + encodedPath(path));
    const own = all.at(-1) ?? "";
    // Indexes come from the server, as they do without the mirror method.
    const lines =
      repomd >= 0
        ? all
        : [
            `${own}\tpriority:1 type:index`,
            ...all.slice(0, -1).map((each, index) => `${each}\tpriority:${index + 1} type:deb`),
            `${own}\tpriority:${all.length}`,
          ];
    bodyAnswer(response, 200, TEXT, `${lines.join("\n")}\n`, FOR_NOW);
    return true;
  }
}
