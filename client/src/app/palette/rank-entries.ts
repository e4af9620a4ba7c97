export interface Findable {
  readonly id: string;
  readonly label: string;
  /** Other words that it goes by, in any language. */
  readonly also?: string;
}

const WORD = /[\p{L}\p{N}]+/gu;

/** Without case and accents: "Été" is found by "ete". */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

function wordsOf(text: string): string[] {
  return fold(text).match(WORD) ?? [];
}

/** True where the letters stand in the text in this order, whatever stands between them. */
function holdsLetters(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of text) if (letter === letters[at]) at++;
  return at === letters.length;
}

const LEAST_LETTERS_APART = 3;

/** How well one typed word is met; 0 where it is not. */
function rateWord(label: string, also: readonly string[], typed: string): number {
  if (label.startsWith(typed)) return 8;
  const words = wordsOf(label);
  if (words.some((word) => word.startsWith(typed))) return 6;
  if (also.some((word) => word.startsWith(typed))) return 4;
  if (label.includes(typed)) return 3;
  return typed.length >= LEAST_LETTERS_APART && words.some((word) => word[0] === typed[0] && holdsLetters(word, typed))
    ? 1
    : 0;
}

/**
 * The entries that answer what was typed, the best first: the beginning of the name before the beginning of one of its words, that
 * before other words that it goes by, letters apart last. Equally good ones: those chosen before, then in their order.
 * @param recent ids, the last choice first
 * Law: every word that was typed is met; more typed never brings more entries.
 */
export function rankEntries<T extends Findable>(entries: readonly T[], text: string, recent: readonly string[]): T[] {
  const typed = wordsOf(text);
  if (typed.length === 0) return [...entries];
  const rated = entries.flatMap((entry) => {
    const [label, also] = [fold(entry.label), wordsOf(entry.also ?? "")];
    const ratings = typed.map((word) => rateWord(label, also, word));
    if (ratings.includes(0)) return [];
    const before = recent.indexOf(entry.id);
    return { entry, rating: ratings.reduce((sum, each) => sum + each, 0), before: before < 0 ? recent.length : before };
  });
  rated.sort((a, b) => b.rating - a.rating || a.before - b.before);
  return rated.map(({ entry }) => entry);
}
