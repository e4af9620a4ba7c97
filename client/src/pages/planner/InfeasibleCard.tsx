import type { Plan } from "@touchline/server/contract";
import { Card } from "../../app/Card.tsx";
import { useWords } from "../../app/words-context.tsx";
import { wordLimit, wordRepair } from "../../charts/prepare/plan-limits.ts";

/** In place of a plan: which limits contradict each other, and what would help. */
export function InfeasibleCard({ plan, isPending }: { plan: Plan; isPending: boolean }) {
  const words = useWords();
  const { t } = words;
  return (
    <Card
      title={t("planner.conflict")}
      sentence={t("planner.infeasibleText")}
      className={isPending ? "infeasible-card is-stale" : "infeasible-card"}
      isBusy={isPending}
    >
      <ul className="conflict">
        {plan.conflict.map((limit) => (
          <li key={limit.text}>{wordLimit(limit, plan.period, words)}</li>
        ))}
      </ul>
      {plan.repair.length > 0 && (
        <>
          <h3>{t("planner.repair")}</h3>
          <ul className="repair">
            {plan.repair.map((step) => (
              <li key={step.text}>{wordRepair(step, plan.period, words)}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
