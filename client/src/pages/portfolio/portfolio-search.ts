/** What the table can be sorted by. */
export const PORTFOLIO_SORTS = [
  "workspace",
  "spend",
  "revenue",
  "change",
  "roas",
  "incremental",
  "health",
  "fresh",
] as const;
export type PortfolioSort = (typeof PORTFOLIO_SORTS)[number];

/** The page's part of the address. */
export interface PortfolioSearch {
  sort?: PortfolioSort;
  /** The other way round: names begin with A, figures with the largest. */
  isTurned?: true;
}

export function parsePortfolioSearch(search: Record<string, unknown>): PortfolioSearch {
  const sort = PORTFOLIO_SORTS.find((each) => each === search.sort);
  return { ...(sort !== undefined && { sort }), ...(search.isTurned === true && { isTurned: true }) };
}
