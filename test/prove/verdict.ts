export interface Verdict {
  readonly target: string;
  readonly state: "met" | "missed" | "not shown";
  readonly found: string;
}

/** @param needed markets from which it is said to be shown */
export function verdict(
  target: string,
  markets: number,
  needed: number,
  { isMet, found }: { isMet: boolean; found: string },
): Verdict {
  if (markets === 0) return { target, state: "not shown", found: "no results" };
  const few = markets < needed ? `, from ${markets} of at least ${needed}` : "";
  return { target, state: isMet ? "met" : "missed", found: `${found}${few}` };
}

export function figure(value: number | undefined, decimals: number): string {
  return value === undefined || Number.isNaN(value) ? "-" : value.toFixed(decimals);
}
