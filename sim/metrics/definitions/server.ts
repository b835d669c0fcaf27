import { family, SPANS } from "./definition.ts";

const LINKS = { population: "the links", span: SPANS.run, source: "metrics/collectors/links.ts" };

export const SERVER_METRICS = family(LINKS, [
  {
    name: "server.bytes",
    ...{ unit: "bytes", better: "lower", population: "the server's uplink" },
    summary: "sent by the server, deliveries and synchronisation",
    formula: "bytes carried by the server's uplink, with headers",
  },
  {
    name: "server.bound",
    ...{
      unit: "bytes",
      better: "none",
      population: "contents published and asked for in the span",
    },
    ...{ span: SPANS.arrivals, source: "metrics/recorder.ts" },
    summary: "new contents that are asked for, each sent once",
    formula: "sum of the sizes of different contents; see sim/metrics/new-bytes.ts",
  },
  {
    name: "server.peakRate",
    ...{ unit: "bytes/s", better: "lower", population: "the server's uplink" },
    ...{
      span: "bins of measure.bin that lie whole between measure.from and the end of the window",
    },
    summary: "highest mean rate of the server over one bin",
    formula: "most bytes carried in a bin, over its width",
    source: "metrics/server-rate.ts",
  },
  {
    name: "server.share",
    ...{
      unit: "ratio",
      better: "lower",
      population: "attempts that delivered, of measured requests",
    },
    ...{ span: SPANS.arrivals, source: "metrics/collectors/attempts.ts" },
    summary: "share of delivered bytes that came from the server",
    formula: "delivered by the server / delivered by all",
  },
]);

const UP = "with headers, requests and what was lost on the way";

export const LINK_METRICS = family(LINKS, [
  {
    name: "bytes.serverUplink",
    ...{ unit: "bytes", better: "none", summary: "over the server's uplink" },
    formula: `bytes carried, ${UP}`,
  },
  {
    name: "bytes.volunteerUplink",
    ...{ unit: "bytes", better: "none", summary: "over the volunteers' uplinks" },
    formula: `bytes carried, ${UP}`,
  },
  {
    name: "bytes.volunteerDownlink",
    ...{ unit: "bytes", better: "none", summary: "over the volunteers' downlinks" },
    formula: `bytes carried, ${UP}`,
  },
  {
    name: "bytes.customerDownlink",
    ...{ unit: "bytes", better: "none", summary: "over the customers' downlinks" },
    formula: `bytes carried, ${UP}`,
  },
  {
    name: "bytes.customerUplink",
    ...{ unit: "bytes", better: "none", summary: "over the customers' uplinks" },
    formula: `bytes carried, ${UP}`,
  },
  {
    name: "cost.total",
    ...{ unit: "units", better: "lower", population: "uplinks with a price" },
    summary: "of all bytes sent, at the experiment's prices",
    formula: "sum over uplinks of price × bytes carried / 10⁹",
  },
]);
