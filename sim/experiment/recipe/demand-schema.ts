/** What a recipe says about customers: the source of every default of `demand:` and `transfers:`. */
import * as z from "zod";
import type { DemandRecipe, TransfersRecipe } from "../../workload/synth/recipe.ts";
import { count, NOT_NEGATIVE, POSITIVE, quantity, ratio, SHARE } from "../config/field.ts";
import { withRule } from "../config/rule.ts";

/** 10.0.0.0/8 has so many addresses. */
const MOST_CUSTOMERS = 2 ** 24;

export const demandSchema = z.strictObject({
  customers: count({ min: 1, max: MOST_CUSTOMERS })
    .prefault(50_000)
    .describe(
      "Customers at scale 1, each an address. The abstract gives no number. The default is an " +
        "assumption: seven times the 7,355 machines of an enterprise's patch server " +
        "(ThriftyTorrent, HP Labs), for a service to ten distributions.",
    ),
  imageBytes: ratio({ min: 0, max: 0.99 })
    .prefault(0.71)
    .describe("Share of the bytes delivered that are of images. By default as the abstract says."),
  visitsIndex: ratio({ min: 1.01, max: 1000 })
    .prefault(1.54)
    .describe(
      "Index of the Pareto law of visits a customer: the busiest hundredth makes 0.01 to the power " +
        "of 1 - 1 / index of them. By default 20 %, between the 19 and 21 % of the requests in two " +
        "public logs of 2015: proxies, build farms and robots beside single machines. A large " +
        "one makes all customers alike.",
    ),
  together: ratio(SHARE)
    .prefault(0.5)
    .describe(
      "Share of the further machines behind an address that update right after the one before, and " +
        "as it does: fleets of equal machines. The default is an assumption; with it 27 % of " +
        "the requests are for a file that the customer had before, between the 16 and 44 % of two " +
        "public logs.",
    ),
  suiteExponent: ratio({ min: 0, max: 20 })
    .prefault(2.5)
    .describe(
      "How customers divide among a distribution's releases, and among its architectures: the n-th " +
        "of either has n to minus this of the first one's. By default as Debian's stable release and " +
        "the one before in 2013 (54.9 and 9.9 % of popcon's submissions, L. Nussbaum).",
    ),
  everyDay: ratio(SHARE)
    .prefault(0.55)
    .describe(
      "Share of the machines that are in use on all days alike. Others have the week of a package " +
        "mirror. By default so many that a day of the weekend has the 0.53 of a midweek day's " +
        "requests that such a mirror has, though all releases fall on weekdays.",
    ),
  prompt: ratio(SHARE)
    .prefault(0.3)
    .describe(
      "Share of the machines that fetch a release at once; the others do within a week, when they " +
        "are next in use. The default is an assumption: with it a third of the downloads come on " +
        "the first day, between what is told of forced patches (80 %) and of chosen updates " +
        "(21 % of a week's, traces/README.md).",
    ),
  firstDay: ratio({ min: 0.01, max: 0.999 })
    .prefault(0.8)
    .describe(
      "Share of the prompt machines that come within a day of a release. By default as for " +
        "patches of an operating system (Gkantsidis et al., SIGCOMM 2006).",
    ),
  popularity: z
    .strictObject({
      flat: ratio({ min: 0.0001, max: 1 })
        .prefault(0.051)
        .describe(
          "Rank, as a share of a distribution's packages, where the plateau of what nearly every " +
            "machine has bends.",
        ),
      exponent: ratio({ min: 0, max: 20 })
        .prefault(2.96)
        .describe("How steeply popularity falls far beyond it."),
    })
    .prefault({})
    .describe(
      "How the packages of a machine spread over ranks: a package of rank r is on machines as " +
        "(1 + r / flat) to minus exponent (Zipf, Mandelbrot). By default as in the survey of what " +
        "Debian's users have installed (apt-p2p, INFOCOM 2009).",
    ),
  installed: ratio(NOT_NEGATIVE)
    .prefault(175)
    .describe(
      "Packages that a machine has of its distribution, on average. By default so many that a " +
        "machine receives 7 MB a day besides images, as from ThriftyTorrent's server: more than " +
        "50 GB a day for 7,355 machines.",
    ),
  polls: ratio(NOT_NEGATIVE)
    .prefault(0.2)
    .describe(
      "Visits a day and customer that download an index and find nothing new. The default is an " +
        "assumption; most machines ask daily, and are answered that nothing has changed.",
    ),
  installs: ratio(NOT_NEGATIVE)
    .prefault(0.01)
    .describe("Visits a day and customer that install packages. The default is an assumption."),
  installedAtOnce: ratio(NOT_NEGATIVE)
    .prefault(20)
    .describe("Packages that such a visit installs, on average. The default is an assumption."),
  others: ratio(SHARE)
    .prefault(0.05)
    .describe(
      "Share of the package downloads after which what stands beside the package is fetched. " +
        "The default is an assumption.",
    ),
  newImages: ratio(SHARE)
    .prefault(0.3)
    .describe(
      "Share of the image downloads that are of new images, if there are any. By default so many " +
        "that a new release multiplies a mirror's load by 2 to 3 for hours (F. Bellet, 2010).",
    ),
}) satisfies z.ZodType<DemandRecipe>;

export const transfersSchema = withRule(
  z.strictObject({
    rate: quantity("rate", POSITIVE)
      .prefault("10 Mbit/s")
      .describe(
        "Bytes per second at which a customer receives; it spaces a visit's requests. The default " +
          "is an assumption.",
      ),
    gap: quantity("duration", NOT_NEGATIVE)
      .prefault("1 s")
      .describe("Mean seconds between a visit's downloads. The default is an assumption."),
    failures: ratio({ min: 0, max: 0.5 })
      .prefault(0.005)
      .describe("Share of the downloads that break off whatever their size; an assumption."),
    breaks: quantity("duration", POSITIVE)
      .prefault("2 h")
      .describe(
        "Mean seconds of transfer between two broken connections. The default is an assumption: " +
          "a third of the downloads of a DVD break.",
      ),
    pause: quantity("duration", NOT_NEGATIVE)
      .prefault("1 min")
      .describe("Mean seconds until a broken download is tried again; an assumption."),
    resumed: ratio(SHARE)
      .prefault(0.7)
      .describe("Share of broken downloads that go on by a range request; an assumption."),
    restarted: ratio(SHARE)
      .prefault(0.2)
      .describe(
        "Share of broken downloads that start from the first byte again; an assumption. The rest " +
          "are given up.",
      ),
  }),
  [["resumed"], ["restarted"]],
  ({ resumed, restarted }, complainAt) => {
    if (resumed + restarted <= 1) return;
    complainAt(["restarted"], { kind: "invalid", rule: "with resumed more than 1" });
  },
) satisfies z.ZodType<TransfersRecipe>;
