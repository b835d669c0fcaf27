import { formatDuration, formatSetting } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { DrawnMachines, DrawnSite, Topology } from "../setup-data.ts";
import { arrow, thickness } from "./arrow.ts";
import { type Line, wrapped } from "./wrapped.ts";

/** Measures in pixels of a drawing at its own size. */
interface Layout {
  readonly name: string;
  readonly width: number;
  /** Width of a box of machines, of what joins them, and length of a link. */
  readonly box: number;
  readonly net: number;
  readonly link: number;
  /** Whether volunteers stand on the right of the network and all others on its left. */
  readonly isTwoSided: boolean;
}

/** For wide pages and for telephones: the style sheet shows one of the two. */
const LAYOUTS: readonly Layout[] = [
  { name: "wide", width: 1080, box: 330, net: 210, link: 105, isTwoSided: true },
  { name: "narrow", width: 360, box: 206, net: 116, link: 38, isTwoSided: false },
];

/** Classes that a drawing has room for; the tables have them all. */
const MOST_CLASSES = 12;

/** Widths of a letter, plain and in bold. */
const LETTER = 6.7;
const BOLD = 7.8;
const LINE = 18;
const PADDING = 10;
const GAP = 14;
/** Room above the boxes for the name of what joins all. */
const HEAD = 48;
/** Height of a site's name and its links. */
const SITE_HEAD = 62;

/** The machines, where they stand, and their links, the thicker the faster. */
export function topologyDrawing(topology: Topology): Html {
  const left = topology.machines.length - MOST_CLASSES;
  const more = left === 1 ? "1 more class is" : `${left} more classes are`;
  const remark = left > 0 ? ` ${more} in the tables.` : "";
  return html`<div class="topology">${LAYOUTS.map((layout) => drawing(topology, layout))}
<p class="reading">Arrows are links, the thicker the faster (logarithmically): <span class="up">up</span> what a machine can send, <span class="down">down</span> what it can receive. Links that never limit are left out.${remark}</p></div>`;
}

function drawing(topology: Topology, layout: Layout): Html {
  const machines = topology.machines.slice(0, MOST_CLASSES);
  const rates = machines.flatMap(({ uplink, downlink }) => [uplink, downlink]);
  const thick = thickness(rates.filter((rate) => rate !== null));
  const placed = groupsOf(topology, machines, layout);
  const height = (placed.at(-1)?.bottom ?? HEAD) + GAP;
  const net = layout.isTwoSided ? layout.box + layout.link : 0;
  const id = `topology-${layout.name}`;
  const middle = net + layout.net / 2;
  return html`<svg class="${layout.name}" viewBox="0 0 ${layout.width} ${height}" role="img" aria-labelledby="${id}">
<title id="${id}">${inWords(topology)}</title>
<rect class="net" x="${net + 0.5}" y="0.5" width="${layout.net - 1}" height="${height - 1}" rx="10"/>
${texts(
  [
    { text: "backbone", kind: "name" },
    { text: limit(topology.backbone), kind: "" },
  ],
  middle,
  20,
  "middle",
)}
${placed.map((group) => groupOf(group, { ...layout, netAt: net, thick }))}
</svg>`;
}

/** Machines at one class of sites, or at places of their own, with where they are drawn. */
interface Group {
  readonly site: DrawnSite | null;
  readonly boxes: readonly Box[];
  readonly top: number;
  readonly bottom: number;
}

interface Box {
  readonly machines: DrawnMachines;
  readonly lines: readonly Line[];
  readonly isLeft: boolean;
  readonly top: number;
  readonly height: number;
}

function groupsOf(
  { sites }: Topology,
  machines: readonly DrawnMachines[],
  layout: Layout,
): Group[] {
  const groups: Group[] = [];
  let top = HEAD;
  for (const site of [null, ...sites]) {
    const own = machines.filter((each) => each.site === (site?.name ?? null));
    if (own.length === 0 && site === null) continue;
    const head = site === null ? 0 : SITE_HEAD;
    const group = stacked(own, site, top, layout, head);
    groups.push(group);
    top = group.bottom + GAP;
  }
  return groups;
}

/** Boxes below each other on each side; the shorter side stands in the middle of the other. */
function stacked(
  machines: readonly DrawnMachines[],
  site: DrawnSite | null,
  top: number,
  layout: Layout,
  least: number,
): Group {
  const room = layout.box - 2 * PADDING;
  const boxes = machines.map((each) => {
    const lines = linesOf(each, room);
    const isLeft = layout.isTwoSided && each.kind !== "volunteers";
    const stack = isStack(each) ? 8 : 0;
    return { machines: each, lines, isLeft, height: lines.length * LINE + 2 * PADDING + stack };
  });
  const heightOf = (isLeft: boolean) => {
    const heights = boxes.filter((box) => box.isLeft === isLeft).map(({ height }) => height);
    return heights.reduce((sum, height) => sum + height + GAP, -GAP);
  };
  const inset = site === null ? 0 : PADDING;
  const height = Math.max(heightOf(true), heightOf(false), least);
  const next = new Map([true, false].map((isLeft) => [isLeft, (height - heightOf(isLeft)) / 2]));
  const placed = boxes.map((box) => {
    const start = next.get(box.isLeft) ?? 0;
    next.set(box.isLeft, start + box.height + GAP);
    return { ...box, top: top + inset + start };
  });
  return { site, boxes: placed, top, bottom: top + height + 2 * inset };
}

const isStack = ({ count, kind }: DrawnMachines) => kind !== "server" && count !== 1;

function linesOf(machines: DrawnMachines, room: number): Line[] {
  const columns = Math.floor(room / LETTER);
  const { name, count, kind, uplink, downlink, traits } = machines;
  const rate = (bytes: number) => formatSetting(bytes, "bytes/s");
  const many = count === null ? "" : `${formatSetting(count, "count")} `;
  const head = kind === "volunteers" ? `${many}× ${name}` : `${many}${name}`;
  const links = [
    ...(uplink === null ? [] : [`↑ ${rate(uplink)}`]),
    ...(downlink === null ? [] : [`↓ ${rate(downlink)}`]),
  ].join("  ");
  return [
    ...wrapped(kind === "server" ? name : head, Math.floor(room / BOLD), "name"),
    ...wrapped(links, columns, ""),
    ...traits.flatMap((trait) => wrapped(trait, columns, "trait")),
  ];
}

interface Place extends Layout {
  readonly netAt: number;
  readonly thick: (rate: number) => number;
}

function groupOf({ site, boxes, top, bottom }: Group, place: Place): Html {
  const { netAt, net } = place;
  const inner = { x: netAt + PADDING, width: net - 2 * PADDING };
  const middle = netAt + net / 2;
  const frame =
    site === null
      ? null
      : html`<rect class="site" x="${inner.x}" y="${top}" width="${inner.width}" height="${bottom - top}" rx="6"/>
${texts(siteLines(site, inner.width - 4), middle, (top + bottom) / 2 - SITE_HEAD / 2 + 14, "middle")}`;
  const inset = site === null ? 0 : PADDING;
  return html`${frame}
${boxes.map((box) => boxOf(box, place, inset))}`;
}

function siteLines({ name, count, uplink, downlink, rtt }: DrawnSite, room: number): Line[] {
  const rate = (bytes: number) => formatSetting(bytes, "bytes/s");
  const isUnlimited = uplink === Number.POSITIVE_INFINITY && downlink === Number.POSITIVE_INFINITY;
  const links = isUnlimited ? "no limit" : `↑ ${rate(uplink)} ↓ ${rate(downlink)}`;
  const more = rtt === 0 ? links : `${links}, +${formatDuration(rtt)}`;
  return [
    ...wrapped(`${count} × ${name}`, Math.floor(room / BOLD), "name"),
    ...wrapped(more, Math.floor(room / LETTER), ""),
  ];
}

function boxOf({ machines, lines, isLeft, top, height }: Box, place: Place, inset: number): Html {
  const { netAt, net, box, width, thick } = place;
  const x = isLeft ? 0 : width - box;
  const stack = isStack(machines) ? 8 : 0;
  const own = { width: box - stack - 1, height: height - stack - 1 };
  const behind = [2, 1].flatMap((at) =>
    stack === 0
      ? []
      : [
          html`<rect class="box" x="${x + 0.5 + 4 * at}" y="${top + 0.5 + 4 * at}" width="${own.width}" height="${own.height}" rx="6"/>`,
        ],
  );
  const [near, far] = isLeft ? [x + box + 3, netAt + inset - 1] : [x - 3, netAt + net - inset + 1];
  const middle = top + own.height / 2;
  const { uplink, downlink } = machines;
  const apart = uplink !== null && downlink !== null ? 8 : 0;
  return html`${behind}<rect class="box ${machines.kind}" x="${x + 0.5}" y="${top + 0.5}" width="${own.width}" height="${own.height}" rx="6"/>
${texts(lines, x + PADDING, top + PADDING + 13, "start")}
${uplink === null ? null : html`<path class="up" d="${arrow(near, far, middle - apart, thick(uplink))}"/>`}
${downlink === null ? null : html`<path class="down" d="${arrow(far, near, middle + apart, thick(downlink))}"/>`}
`;
}

function texts(lines: readonly Line[], x: number, y: number, anchor: "start" | "middle"): Html {
  const each = lines.map(
    ({ text, kind }, at) =>
      html`<tspan class="${kind}" x="${x}" y="${y + at * LINE}">${text}</tspan>`,
  );
  return html`<text text-anchor="${anchor}">${each}</text>`;
}

function limit(rate: number): string {
  return formatSetting(rate, "bytes/s");
}

/** The drawing as a screen reader tells it; the tables below say more. */
function inWords({ backbone, sites, machines }: Topology): string {
  const links = ({ uplink, downlink }: DrawnMachines) =>
    [
      ...(uplink === null ? [] : [`up ${limit(uplink)}`]),
      ...(downlink === null ? [] : [`down ${limit(downlink)}`]),
    ].join(", ");
  const told = machines.map((each) => {
    const where = each.site === null ? "" : ` in ${each.site}`;
    const many = each.count === null ? "" : `${each.count} `;
    return `${many}${each.name}${where}: ${links(each)}.`;
  });
  const places = sites.map(({ name, count }) => `${count} sites ${name}.`);
  return [
    "Drawing of the machines and their links.",
    `Backbone: ${limit(backbone)}.`,
    ...places,
    ...told,
  ].join(" ");
}
