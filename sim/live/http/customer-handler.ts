import type { IncomingMessage, ServerResponse } from "node:http";
import { isNotModified } from "./conditions.ts";
import type { CustomerParts } from "./customer-parts.ts";
import { explanation } from "./explanation.ts";
import { digestOf, entityTag } from "./file-headers.ts";
import { FolderAnswers } from "./folder-answers.ts";
import { acceptsMetalink, answerMade, type MadeKind, madeFor } from "./made-files.ts";
import { OwnFiles } from "./own-files.ts";
import { answerFailure, plainAnswer } from "./plain-answer.ts";
import { dispatch } from "./redirect.ts";
import { asks, isPlainPath, requestTarget } from "./request-target.ts";
import { sendFile } from "./send-file.ts";

/**
 * Answers whatever customers ask: files of the repository, what is told of them, and folders. Every
 * request gets one answer; the server's own paths are to be taken out before. `README.md` has the table.
 */
export function customerHandler(
  parts: CustomerParts,
): (request: IncomingMessage, response: ServerResponse) => void {
  const customers = new Customers(parts);
  return (request, response) => {
    try {
      customers
        .answer(request, response)
        ?.catch((error: unknown) => answerFailure(parts, response, error));
    } catch (error) {
      answerFailure(parts, response, error);
    }
  };
}

/** A redirect is an answer at once; promises are for what takes longer. */
type Answering = Promise<void> | undefined;

class Customers {
  readonly #parts: CustomerParts;
  readonly #own: OwnFiles;
  readonly #folders: FolderAnswers;

  constructor(parts: CustomerParts) {
    this.#parts = parts;
    this.#own = new OwnFiles(parts);
    this.#folders = new FolderAnswers(parts);
  }

  answer(request: IncomingMessage, response: ServerResponse): Answering {
    const { method, url = "" } = request;
    if (method !== "GET" && method !== "HEAD") {
      plainAnswer(response, 405, "only GET and HEAD", ["Allow", "GET, HEAD"]);
      return undefined;
    }
    const file = isPlainPath(url) ? this.#parts.catalogue.find(url.slice(1)) : -1;
    if (file >= 0) return this.#answerFile(request, response, file, "");
    return this.#answerOther(request, response, url);
  }

  /** What is no plain path of a file. */
  async #answerOther(request: IncomingMessage, response: ServerResponse, url: string) {
    const target = requestTarget(url, request.headers.host);
    if (target === null) return plainAnswer(response, 400, "not a path");
    const { path, query } = target;
    const file = this.#parts.catalogue.find(path);
    if (file >= 0) return this.#answerFile(request, response, file, query);
    const made = madeFor(this.#parts, path);
    if (made !== null) return answerMade(this.#parts, request, response, made.file, made.kind);
    const isFolder = await this.#folders.answer(request, response, target, (index) =>
      this.#answerFile(request, response, index, query),
    );
    if (!isFolder) plainAnswer(response, 404, "not found");
  }

  #answerFile(
    request: IncomingMessage,
    response: ServerResponse,
    file: number,
    query: string,
  ): Answering {
    const parts = this.#parts;
    const { headers } = request;
    const asked = query === "" ? undefined : ASKED.find((kind) => asks(query, kind));
    if (asked !== undefined) return answerMade(parts, request, response, file, asked);
    const why = this.#own.reason(file);
    if (why === null && headers.range === undefined && acceptsMetalink(headers)) {
      return answerMade(parts, request, response, file, "meta4");
    }
    const digest = digestOf(parts.catalogue, file);
    const tag = entityTag(digest);
    // Also of what others would send: nobody knows better than the repository what it has.
    if (isNotModified(headers, tag, parts.catalogue.modified(file))) {
      response.writeHead(304, ["ETag", tag]);
      response.end();
      return undefined;
    }
    const isExplained = query !== "" && asks(query, "explain");
    if (why === null) {
      dispatch(parts, request, response, file, digest, isExplained);
      return undefined;
    }
    const extra = isExplained ? explanation(why, []) : [];
    return sendFile(parts, request, response, file, digest, extra);
  }
}

const ASKED: readonly MadeKind[] = ["mirrorlist", "metalink", "meta4"];
