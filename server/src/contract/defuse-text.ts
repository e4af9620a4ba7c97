/**
 * What spreadsheets take for the beginning of a formula, in either width. A program may cut a file at another separator than the one
 * it was written with, and may drop quotes and blanks: what follows one of them can stand at the beginning of a cell too.
 */
const STARTER = /(^|[;,\t\r\n|])([\s"']*)([=+\-@\uff1d\uff0b\uff0d\uff20])/g;
/** At the beginning of a cell they are skipped by some programs, and what comes next is computed. */
const SKIPPED = /^[\t\r\n]/;

/** Text from the data that a spreadsheet shows and never computes: an apostrophe before what could begin a formula makes it text. */
export function defuseText(text: string): string {
  const defused = text.replace(STARTER, "$1$2'$3");
  return SKIPPED.test(defused) ? `'${defused}` : defused;
}
