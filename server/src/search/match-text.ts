/** Without case and accents: "Été" is found by "ete". */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/**
 * How well a name answers what was typed; 0 where it does not.
 * @param typed folded words
 * Law: every word that was typed stands in the name; more typed never brings more names.
 */
function rate(name: string, typed: readonly string[]): number {
  const folded = fold(name);
  let rating = 1;
  for (const word of typed) {
    const at = folded.indexOf(word);
    if (at < 0) return 0;
    // The beginning of the name before the beginning of one of its words before the middle of one.
    rating += at === 0 ? 4 : /[\p{L}\p{N}]/u.test(folded[at - 1]!) ? 0 : 2;
  }
  return rating;
}

/** The names that hold every word of the text, the best first; equally good ones stay in their order. */
export function findNamed<T extends { readonly name: string }>(things: readonly T[], text: string, most: number): T[] {
  const typed = fold(text)
    .split(/\s+/)
    .filter((word) => word !== "");
  return things
    .map((thing) => ({ thing, rating: rate(thing.name, typed) }))
    .filter(({ rating }) => rating > 0)
    .sort((a, b) => b.rating - a.rating)
    .slice(0, most)
    .map(({ thing }) => thing);
}
