import type { SetupData } from "../setup-data.ts";

/** A made-up setup with sites, a backbone, customers at both, and volunteers with and without traits. */
export function exampleSetup(): SetupData {
  return {
    sentences: ["A server with an uplink of 50 Mbit/s and 40 volunteers in 2 classes, at 4 sites."],
    topology: {
      backbone: 1.25e9,
      sites: [{ name: "campus", count: 4, uplink: 12.5e6, downlink: 25e6, rtt: 0.005 }],
      machines: [
        {
          ...{ kind: "server", name: "server", count: 1, site: null, traits: [] },
          ...{ uplink: 6.25e6, downlink: null },
        },
        {
          ...{ kind: "customers", name: "customers", count: 500, site: "campus" },
          ...{ uplink: null, downlink: 1.25e6, traits: [] },
        },
        {
          ...{ kind: "volunteers", name: "complete", count: 20, site: "campus" },
          ...{ uplink: 93_750, downlink: 375_000, traits: [] },
        },
        {
          ...{ kind: "volunteers", name: "partial", count: 20, site: null },
          ...{ uplink: 50_000, downlink: 187_500, traits: ["covers 50 %"] },
        },
      ],
    },
    tables: [
      {
        title: "Volunteers: 40 machines",
        columns: ["class", "machines", "uplink"],
        rows: [
          ["complete", "20", "750 kbit/s"],
          ["partial", "20", "400 kbit/s"],
        ],
        isFolded: false,
      },
      {
        title: "Policies and their params",
        columns: ["policy", "decides"],
        rows: [["random", "where a request goes"]],
        isFolded: true,
      },
    ],
  };
}
