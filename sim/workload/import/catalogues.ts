import { debianPackages } from "./catalogue/debian-packages.ts";
import { lsLr } from "./catalogue/ls-lr.ts";
import { rpmPrimary } from "./catalogue/rpm-primary.ts";
import { rsyncList } from "./catalogue/rsync-list.ts";
import type { CatalogueFormat } from "./catalogue-format.ts";

/** The formats of catalogues that can be read. */
export const CATALOGUE_FORMATS: readonly CatalogueFormat[] = [
  debianPackages,
  rpmPrimary,
  rsyncList,
  lsLr,
];
