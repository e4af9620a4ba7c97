import type { LimitsSearch } from "./limits.ts";

let lastSearch: LimitsSearch = {};

/** The limits last worked with, so that the way back from another page does not lose them. A reload reads the address. */
export function rememberLimits(search: LimitsSearch): void {
  lastSearch = search;
}

export function recallLimits(): LimitsSearch {
  return lastSearch;
}
