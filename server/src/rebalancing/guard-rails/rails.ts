import type { Curve } from "@touchline/solver";
import type { GuardRails, Plan } from "../../contract/index.ts";
import type { Resting } from "./cool-down.ts";
import type { PaidHistory } from "./paid-history.ts";

/** What the guard-rails are worked out from. */
export interface Rails {
  readonly guardRails: Pick<
    GuardRails,
    | "maxChannelChange"
    | "maxTotalMoved"
    | "allowExtrapolation"
    | "leastProbabilityOfGain"
    | "protectedChannels"
    | "coolDownDays"
    | "exploration"
  >;
  /** Channels with spend: what a plan is made of. */
  readonly channels: readonly string[];
  readonly histories: ReadonlyMap<string, PaidHistory>;
  /** Draws of the curves, a day; none where a channel has no curve. */
  readonly draws: ReadonlyMap<string, readonly Curve[]>;
  readonly resting: readonly Resting[];
  /** Held by checks of the data and the model, which say why. */
  readonly held: readonly string[];
}

/** Whether enough draws of the curves gain by a plan. */
export function isWorthIt(plan: Plan, least: number): boolean {
  return plan.status === "optimal" && (plan.expected.goal.probabilityOfGain ?? 0) >= least;
}
