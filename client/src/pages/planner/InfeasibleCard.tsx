import type { Plan } from "@touchline/server/contract";
import { wordLimit, wordRepair } from "../../charts/prepare/plan-limits.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { applyRepair } from "./apply-repair.ts";
import type { Limits } from "./limits.ts";

interface Props {
  plan: Plan;
  limits: Limits;
  isPending: boolean;
  change(limits: Limits): void;
}

/** In place of a plan: which limits contradict each other, and what would help, one press away. */
export function InfeasibleCard({ plan, limits, isPending, change }: Props) {
  const words = useWords();
  const { t } = words;
  const { goal } = plan.expected.goal;
  return (
    <Card
      title={t("planner.conflict")}
      sentence={t("planner.infeasibleText")}
      className={isPending ? "infeasible-card is-stale" : "infeasible-card"}
      isBusy={isPending}
    >
      <ul className="conflict">
        {plan.conflict.map((limit) => (
          <li key={limit.text}>{wordLimit(limit, plan.period, words, goal)}</li>
        ))}
      </ul>
      {plan.repair.length > 0 && (
        <>
          <h3>{t("planner.repair")}</h3>
          <ul className="repair">
            {plan.repair.map((step) => {
              const repaired = applyRepair(limits, step);
              return (
                <li key={step.text}>
                  <span>{wordRepair(step, plan.period, words, goal)}</span>
                  {repaired !== null && (
                    <button
                      type="button"
                      className="button button-primary"
                      disabled={isPending}
                      onClick={() => change(repaired)}
                    >
                      {t("planner.applyRepair")}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Card>
  );
}
