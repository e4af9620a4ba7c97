/** The page's own part of the address. */
export interface CurvesSearch {
  /** All channels on one scale. */
  axes?: "same";
}

export function parseCurvesSearch(search: Record<string, unknown>): CurvesSearch {
  return search.axes === "same" ? { axes: "same" } : {};
}
