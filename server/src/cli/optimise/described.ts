/** The answer to a problem file, with the names and signs of that layout: what `--json` prints. */
export type DescribedAnswer = { readonly status: "optimal" | "infeasible" | "unbounded" } & Readonly<
  Record<string, unknown>
>;

export const NO_PLAN = { status: "infeasible", objective_value: null, spend: null, duals: null } as const;

export function changeTo(value: number, to: number): Readonly<Record<string, number>> {
  return to > value ? { to, raise_to: to, raise_by: to - value } : { to, lower_to: to, lower_by: value - to };
}
