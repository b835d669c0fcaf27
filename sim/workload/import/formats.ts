import { announces } from "./formats/announces.ts";
import { cloudfront } from "./formats/cloudfront.ts";
import { common } from "./formats/common.ts";
import { cran } from "./formats/cran.ts";
import { nginxJson } from "./formats/nginx-json.ts";
import { ownAccess, ownSync } from "./formats/own-csv.ts";
import { rsyncd } from "./formats/rsyncd.ts";
import { squid } from "./formats/squid.ts";
import { xferlog } from "./formats/xferlog.ts";
import type { LogFormat } from "./log-format.ts";

/** The formats of logs that can be read. Where two fit a log equally, the first counts. */
export const LOG_FORMATS: readonly LogFormat[] = [
  common,
  nginxJson,
  rsyncd,
  xferlog,
  squid,
  cloudfront,
  cran,
  ownAccess,
  ownSync,
  announces,
];
