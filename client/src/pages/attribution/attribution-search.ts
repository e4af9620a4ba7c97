/** What the page of attribution keeps in its address. */
export interface AttributionSearch {
  /** Absent: revenue. */
  measure?: "conversions";
  /** The channel whose effect by lag stands in the drawer. */
  lag?: string;
}

export function parseAttributionSearch(search: Record<string, unknown>): AttributionSearch {
  return {
    ...(search.measure === "conversions" ? { measure: "conversions" } : {}),
    ...(typeof search.lag === "string" && search.lag !== "" ? { lag: search.lag } : {}),
  };
}
