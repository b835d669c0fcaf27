/** The exponent of y ∝ x^exponent that fits best: least squares on logarithms. */
export function exponentOf(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [xs.map(Math.log), ys.map(Math.log)];
  const [meanX, meanY] = [mean(x), mean(y)];
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < x.length; i++) {
    covariance += (x[i] - meanX) * (y[i] - meanY);
    variance += (x[i] - meanX) ** 2;
  }
  return covariance / variance;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
