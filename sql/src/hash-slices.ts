/**
 * Conditions that cut rows into slices of a key, for work that holds a slice in memory: every value of the key is in exactly one of
 * them, and a slice has about `most` rows where no value is of more. One condition that is always true where the rows are few.
 * @param key SQL of what must stay together
 */
export function hashSlices(key: string, rows: number, most: number): readonly string[] {
  const slices = Math.max(1, Math.ceil(rows / most));
  if (slices === 1) return ["true"];
  return Array.from({ length: slices }, (_, slice) => `sipHash64(${key}) % ${slices} = ${slice}`);
}
