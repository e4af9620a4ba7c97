import type { Plan } from "@touchline/server/contract";
import { FrontierCard } from "./FrontierCard.tsx";
import { GoalSeekCard } from "./GoalSeekCard.tsx";
import type { Limits } from "./limits.ts";

interface Props {
  limits: Limits;
  /** Undefined while it is on its way. */
  plan: Plan | undefined;
  change(limits: Limits): void;
}

/** What other budgets would bring, and what it would take to bring something. */
export function BudgetsView({ limits, plan, change }: Props) {
  return (
    <>
      <FrontierCard limits={limits} plan={plan} />
      <GoalSeekCard limits={limits} change={change} />
    </>
  );
}
