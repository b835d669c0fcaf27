/**
 * Names of software that never was, one for each number: syllables and now and then what
 * distributions put before or behind a name.
 */
const SYLLABLES = [
  ..."ba be bo ca co cu da de di do fa fi fo ga ge go ka ke ki la le li lo ma me mi mo mu na".split(
    " ",
  ),
  ..."ne ni no pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo xa xe za zo zu".split(
    " ",
  ),
];

const SHAPES: readonly ((stem: string) => string)[] = [
  (stem) => stem,
  (stem) => `lib${stem}`,
  (stem) => `${stem}-devel`,
  (stem) => `${stem}-utils`,
  (stem) => `perl-${stem}`,
  (stem) => `python-${stem}`,
  (stem) => `${stem}-data`,
  (stem) => `${stem}-doc`,
];

/** Equal numbers have equal names, and others have others. */
export function titleOf(number: number): string {
  const shape = SHAPES[number % SHAPES.length];
  let rest = Math.floor(number / SHAPES.length);
  // Two syllables at least, and a third for every further power of their number.
  let stem = "";
  for (let syllable = 0; syllable < 2 || rest > 0; syllable++) {
    stem += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return shape(stem);
}
