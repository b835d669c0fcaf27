declare module "jstat" {
  const jstat: {
    /** The gamma function. */
    gammafn(x: number): number;
    /** The regularised incomplete beta function. */
    ibeta(x: number, a: number, b: number): number;
    readonly studentt: {
      /** The probability of no more than `x`. */
      cdf(x: number, degreesOfFreedom: number): number;
      /** The quantile of Student's t distribution. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
    readonly normal: {
      cdf(x: number, mean: number, deviation: number): number;
      inv(probability: number, mean: number, deviation: number): number;
    };
  };
  // biome-ignore lint/style/noDefaultExport: this is what the package exports.
  export default jstat;
}
