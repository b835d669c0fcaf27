import { scalesOf } from "../format.ts";

/** A Vega expression that writes simulated time of day: `1 d 09:30`. */
export function timeExpression(seconds: string): string {
  const clock = (part: string) => `format(floor(${part}), '02')`;
  const hours = clock(`${seconds} % 86400 / 3600`);
  const minutes = clock(`${seconds} % 3600 / 60`);
  return `floor(${seconds} / 86400) + ' d ' + ${hours} + ':' + ${minutes}`;
}

/** A Vega expression that writes a value in its best scale, to three digits: `4.5 min`. */
export function valueExpression(value: string, unit: string): string {
  const [smallest, ...larger] = scalesOf(unit).map(({ from, divisor, suffix }) => ({
    from,
    text: `format(${value} / ${divisor}, ',.3r') + ${JSON.stringify(` ${suffix}`)}`,
  }));
  return larger.reduce(
    (text, scale) => `${value} >= ${scale.from} ? ${scale.text} : (${text})`,
    smallest?.text ?? value,
  );
}
