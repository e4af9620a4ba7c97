import type { Constraint } from "../problem.ts";
import type { LimitSubject } from "./limit-names.ts";

/** What one entry of `constraints` asks for: a limit of the plan, a bound or floor of one channel, or steps of its spend. */
export type Addition =
  | { readonly kind: "limit"; readonly constraint: Constraint; readonly names: readonly LimitSubject[] }
  /** A total over all channels: the plan's one budget, or one more limit where it has a budget already */
  | { readonly kind: "total"; readonly min: number | null; readonly max: number | null }
  | { readonly kind: "bound"; readonly side: "lower" | "upper"; readonly channel: string; readonly value: number }
  | { readonly kind: "floor"; readonly channel: string; readonly value: number }
  | { readonly kind: "step" | "minimumIfOn"; readonly values: Readonly<Record<string, number>> };
