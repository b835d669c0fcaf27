import type { CatalogueView } from "../parts.ts";
import type { FolderContents } from "./folders.ts";
import { escaped } from "./metalink.ts";

/**
 * A folder for people, and for pip: a link a file (PEP 503), with the digest behind what pip installs. The
 * page takes nothing from elsewhere.
 *
 * @param path Of the folder, without slashes at its ends; "" for the root.
 * @param title What the root is called.
 */
export function listingPage(
  catalogue: CatalogueView,
  path: string,
  { files, folders, more }: FolderContents,
  title: string,
): string {
  const heading = escaped(path === "" ? title : `/${path}/`);
  return `${[
    "<!DOCTYPE html>",
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${heading}</title>`,
    `<style>${STYLE}</style></head>`,
    `<body><h1>${heading}</h1>`,
    "<table>",
    ...(path === "" ? [] : [row("../", "../", "", "")]),
    ...folders.map((name) => row(`${encodeURIComponent(name)}/`, `${name}/`, "", "")),
    ...files.map((file) => fileRow(catalogue, file)),
    "</table>",
    ...(more === 0 ? [] : [`<p>${more} more are not listed.</p>`]),
    "</body></html>",
  ].join("\n")}\n`;
}

/** What the page may do: nothing. */
export const LISTING_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE =
  "body{font:1rem system-ui,sans-serif;margin:1rem}td{padding:0 1rem 0 0}td+td{text-align:right;white-space:nowrap}";

/** What pip installs, and so verifies. */
const IS_PYTHON = /\.(?:whl|tar\.gz|zip)$/;

function fileRow(catalogue: CatalogueView, file: number): string {
  const path = catalogue.path(file);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const digest = IS_PYTHON.test(name)
    ? `#sha256=${Buffer.from(catalogue.sha256(file)).toString("hex")}`
    : "";
  const date = new Date(catalogue.modified(file) * 1000).toISOString().slice(0, 16);
  return row(
    encodeURIComponent(name) + digest,
    name,
    String(catalogue.size(file)),
    date.replace("T", " "),
  );
}

function row(address: string, name: string, size: string, date: string): string {
  const link = `<a href="${escaped(address)}">${escaped(name)}</a>`;
  return `<tr><td>${link}</td><td>${size}</td><td>${date}</td></tr>`;
}
