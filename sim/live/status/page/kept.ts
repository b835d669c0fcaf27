import { formatValue } from "../../../report/format.ts";
import { type Html, html } from "../../../report/html.ts";
import type { StatusData } from "../status-data.ts";
import { age, whole } from "./overview.ts";

/** The journal and the catalogue: what the server keeps. */
export function keptSection({ journal, catalogue }: StatusData): Html {
  return html`<section class="kept"><h2>Journal and catalogue</h2><div class="pair">
<div><h3>Journal</h3>${list([
    ["Recording", journal.isRecording ? "yes" : `no: ${journal.problem ?? "not known why"}`],
    ["File", journal.file],
    ["Written", `${whole(journal.records)} records, ${formatValue(journal.bytes, "bytes")}`],
    ["Waiting", `${whole(journal.queued)} records`],
    ["Safe on disk", journal.syncAge === null ? "not yet" : `${age(journal.syncAge)} ago`],
    ["Snapshot", journal.snapshotAge === null ? "none" : `${age(journal.snapshotAge)} ago`],
    ["Not recorded", `${whole(journal.unrecorded)} answers since the start`],
  ])}</div>
<div><h3>Catalogue</h3>${list([
    ["Folder", catalogue.root],
    ["Files", `${whole(catalogue.files)}, ${formatValue(catalogue.bytes, "bytes")}`],
    ["Version", whole(catalogue.version)],
    ["Last scan", scanText(catalogue)],
    ...(catalogue.scanned === null
      ? []
      : [["Scan under way", `${whole(catalogue.scanned)} files seen`] as const]),
  ])}</div>
</div></section>`;
}

function scanText({ scanAge, scanSeconds }: StatusData["catalogue"]): string {
  if (scanAge === null) return "none yet";
  const took = scanSeconds === null ? "" : `, took ${formatValue(scanSeconds, "s")}`;
  return `${age(scanAge)} ago${took}`;
}

function list(rows: readonly (readonly [term: string, value: string])[]): Html {
  const items = rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`);
  return html`<dl>${items}</dl>`;
}
