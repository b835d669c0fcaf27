import type { Conduct, CustomerClass, SystemSpec, VolunteerClass } from "../../model/system.ts";
import { formatDuration, formatSetting } from "../../report/format.ts";
import type { SetupTable } from "../../report/setup-data.ts";
import { backgroundText, counted, onOffText, percent } from "./words.ts";

/** A column of a table of classes. */
interface Column<Class> {
  readonly title: string;
  of(machines: Class): string;
  /** What most experiments say: where all classes do, there is no such column. */
  readonly usual?: string;
}

const rate = (bytes: number) => formatSetting(bytes, "bytes/s");

const PLACE = "its own place";
const NONE = "none";

const VOLUNTEER_COLUMNS: readonly Column<VolunteerClass>[] = [
  { title: "class", of: ({ name }) => name },
  { title: "machines", of: ({ count }) => formatSetting(count, "count") },
  { title: "uplink", of: ({ uplink }) => rate(uplink) },
  { title: "downlink", of: ({ downlink }) => rate(downlink) },
  { title: "both ways together", of: ({ shared }) => rate(shared) },
  { title: "stands in", of: ({ site }) => site ?? PLACE, usual: PLACE },
  { title: "covers", of: ({ coverage }) => (coverage === 1 ? "everything" : percent(coverage)) },
  { title: "disk", of: ({ disk }) => formatSetting(disk, "bytes") },
  { title: "on line", of: ({ sessions }) => sessionsText(sessions) },
  { title: "conduct", of: ({ conduct }) => conductTexts(conduct).join(", ") || "honest" },
  {
    title: "deliveries together",
    of: ({ deliveryRate }) => rate(deliveryRate),
    usual: rate(1 / 0),
  },
  { title: "each delivery", of: ({ transferRate }) => rate(transferRate), usual: rate(1 / 0) },
  { title: "caches", of: ({ caches }) => (caches ? "what it is asked for" : "no"), usual: "no" },
  { title: "price of a GB", of: ({ price }) => String(price), usual: "0" },
  { title: "weight", of: ({ weight }) => String(weight), usual: "100" },
  {
    title: "traffic of others",
    of: ({ background }) => backgroundText(background) ?? NONE,
    usual: NONE,
  },
];

const CUSTOMER_COLUMNS: readonly Column<CustomerClass>[] = [
  { title: "share", of: ({ share }) => percent(share) },
  { title: "downlink", of: ({ downlink }) => rate(downlink) },
  { title: "stands in", of: ({ site }) => site ?? PLACE, usual: PLACE },
  {
    title: "receive window",
    of: ({ receiveWindow }) => formatSetting(receiveWindow, "bytes"),
    usual: formatSetting(1 / 0, "bytes"),
  },
];

type SiteClass = SystemSpec["sites"]["classes"][number];

const SITE_COLUMNS: readonly Column<SiteClass>[] = [
  { title: "class", of: ({ name }) => name },
  { title: "sites", of: ({ count }) => formatSetting(count, "count") },
  { title: "uplink", of: ({ uplink }) => rate(uplink) },
  { title: "downlink", of: ({ downlink }) => rate(downlink) },
  { title: "added round trip", of: ({ rtt }) => formatDuration(rtt) },
  {
    title: "works",
    of: ({ failures }) => (failures === null ? "always" : onOffText(failures, "up", "down")),
  },
  {
    title: "traffic of others",
    of: ({ background }) => backgroundText(background) ?? NONE,
    usual: NONE,
  },
];

type Machines = Pick<SystemSpec, "volunteers" | "customers" | "sites">;

/** The machines by class: volunteers, customers, and the sites where there are any. */
export function machineTables({ volunteers, customers, sites }: Machines): SetupTable[] {
  const machines = volunteers.reduce((sum, { count }) => sum + count, 0);
  const tables = [
    tableOf(`Volunteers: ${counted(machines, "machine")}`, VOLUNTEER_COLUMNS, volunteers),
    tableOf("Customers", CUSTOMER_COLUMNS, customers.classes),
    tableOf("Sites", SITE_COLUMNS, sites.classes),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function tableOf<Class>(
  title: string,
  columns: readonly Column<Class>[],
  classes: readonly Class[],
): SetupTable {
  const shown = columns.filter(
    ({ of, usual }) => usual === undefined || classes.some((each) => of(each) !== usual),
  );
  return {
    title,
    columns: shown.map((column) => column.title),
    rows: classes.map((each) => shown.map(({ of }) => of(each))),
    isFolded: false,
  };
}

/** When volunteers are on line. */
export function sessionsText(sessions: VolunteerClass["sessions"]): string {
  return sessions === null ? "always" : onOffText(sessions, "on", "off");
}

/** In what volunteers are not what they seem; nothing of the honest. */
export function conductTexts(conduct: Conduct): string[] {
  const { corrupts, truncates, stale, colludes, reports, offers } = conduct;
  return [
    ...(corrupts > 0 ? [`${percent(corrupts)} of downloads with wrong bytes`] : []),
    ...(truncates > 0 ? [`${percent(truncates)} of downloads cut off`] : []),
    ...(stale ? ["sends old versions as new"] : []),
    ...(colludes ? ["colludes"] : []),
    ...(reports === 1 ? [] : [`reports ${formatSetting(reports, "ratio")} times its traffic`]),
    ...(offers === null ? [] : [`claims ${rate(offers)}`]),
  ];
}
