declare module "jstat" {
  const jstat: {
    /** The gamma function. */
    gammafn(x: number): number;
    readonly studentt: {
      /** The probability of no more than `x`. */
      cdf(x: number, degreesOfFreedom: number): number;
      /** The quantile of Student's t distribution. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
  };
  // biome-ignore lint/style/noDefaultExport: this is what the package exports.
  export default jstat;
}
