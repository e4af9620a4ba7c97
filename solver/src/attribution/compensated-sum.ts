/**
 * Sums by key that keep what ordinary addition drops: the rounding error of every step is collected beside the sum.
 * Law: the error of a total does not grow with the number of terms (a few units in the last place for terms of one sign).
 * Source: Neumaier 1974.
 */
export interface CompensatedSums {
  readonly sums: Float64Array;
  readonly lost: Float64Array;
}

export function startSums(size: number): CompensatedSums {
  return { sums: new Float64Array(size), lost: new Float64Array(size) };
}

export function addTerm({ sums, lost }: CompensatedSums, key: number, term: number): void {
  const before = sums[key]!;
  const after = before + term;
  lost[key]! += Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
  sums[key] = after;
}

export function finishSums({ sums, lost }: CompensatedSums): Float64Array {
  return sums.map((sum, key) => sum + lost[key]!);
}

export function sumOf(terms: Iterable<number>): number {
  const total = startSums(1);
  for (const term of terms) addTerm(total, 0, term);
  return finishSums(total)[0]!;
}
