/**
 * Properties meet the same inputs in every run of the tests, so that a failure is a change of the code.
 * `SEED=7 npm test` looks elsewhere.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.SEED ?? 2008) });
