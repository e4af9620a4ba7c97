/**
 * SQL that adds up fractions so that neither the order of the rows nor threads nor shards change a digit: Decimals add up exactly, and
 * what each fraction lost at its 18th place is rounded away at the 12th.
 * @param sql of a Float64 below 1e20 that is no NaN
 */
export const exactSum = (sql: string): string => `round(toFloat64(sum(toDecimal128(${sql}, 18))), 12)`;

/** SQL of the mean of any Float64, added up by size and so the same in any order of the rows: for groups of few rows. */
export const orderedMean = (column: string): string => `arrayAvg(arraySort(groupArray(${column})))`;
