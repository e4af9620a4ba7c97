import type { Plan } from "@touchline/server/contract";
import { useCallback, useState } from "react";
import { preparePlanResult } from "../../charts/prepare/plan-result.ts";
import { type FigureTopic, prepareProvenance } from "../../charts/prepare/provenance.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { InfeasibleCard } from "./InfeasibleCard.tsx";
import type { Limits } from "./limits.ts";
import { MovesCard } from "./MovesCard.tsx";
import { ProvenanceDrawer } from "./ProvenanceDrawer.tsx";
import { ProvenanceContext } from "./provenance-context.ts";
import { ResultCard } from "./ResultCard.tsx";

/** The place of a plan that is on its way. */
export function PlanSkeleton() {
  const { t } = useWords();
  return (
    <>
      <Card title={t("planner.moves")} className="moves-card" isBusy>
        <div className="skeleton skeleton-plan" />
      </Card>
      <Card title={t("planner.result")} className="result-card" isBusy>
        <div className="skeleton skeleton-plan" />
      </Card>
    </>
  );
}

interface Props {
  plan: Plan;
  limits: Limits;
  isPending: boolean;
  change(limits: Limits): void;
}

/** The plan with its result, or why there is none; every figure of it tells where it comes from. */
export function PlanParts({ plan, limits, isPending, change }: Props) {
  const words = useWords();
  const [asked, setAsked] = useState<{ topic: FigureTopic; text: string } | null>(null);
  const ask = useCallback((topic: FigureTopic, text: string) => setAsked({ topic, text }), []);
  const close = useCallback(() => setAsked(null), []);
  if (plan.status === "infeasible") {
    return <InfeasibleCard plan={plan} limits={limits} isPending={isPending} change={change} />;
  }
  const { certificate } = preparePlanResult(plan, words);
  return (
    <ProvenanceContext value={ask}>
      <MovesCard plan={plan} limits={limits} isPending={isPending} change={change} />
      <ResultCard plan={plan} limits={limits} isPending={isPending} />
      <ProvenanceDrawer
        provenance={asked === null ? null : prepareProvenance(asked.topic, asked.text, plan, words, certificate)}
        close={close}
      />
    </ProvenanceContext>
  );
}
