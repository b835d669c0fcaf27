import { DRAW_SCRIPT } from "./draw.ts";
import { FILTER_SCRIPT } from "./filter.ts";
import { READ_SCRIPT } from "./read.ts";
import { SAVE_SCRIPT } from "./save.ts";
import { TABLES_SCRIPT } from "./tables.ts";

/**
 * The script of a page with charts.
 *
 * It is plain JavaScript in a string, since it runs in the reader's browser and not here. The state
 * of the charts stands in `data-charts` of the body: the mode they were drawn in, or "failed".
 */
export const PAGE_SCRIPT = `"use strict";
(() => {
${READ_SCRIPT}${FILTER_SCRIPT}${DRAW_SCRIPT}${SAVE_SCRIPT}${TABLES_SCRIPT}
  drawForScreen();
})();
`;
