import { seconds } from "../policy.ts";
import { due, type EvictionPolicy } from "./eviction.ts";

const params = { age: seconds(259_200, 0, 31_536_000, "that a copy is kept") };

/** Deletes copies of an age, whether they are asked for or not. */
export const age: EvictionPolicy<typeof params> = {
  name: "age",
  summary: "delete copies of a certain age",
  source: "Microsoft Delivery Optimization: cache age, 3 days",
  params,
  decide: (view, { age }) => ({
    evict: due(view, ({ since }) => view.now - since >= age),
    reason: "old",
  }),
};
