import type { Plan } from "@touchline/server/contract";
import { lazy, Suspense, useCallback, useState } from "react";
import { chunk } from "../../app/chunk.ts";
import type { FigureTopic } from "../../charts/prepare/provenance.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { InfeasibleCard } from "./InfeasibleCard.tsx";
import type { Limits } from "./limits.ts";
import { MovesCard } from "./MovesCard.tsx";
import type { AskedFigure } from "./ProvenanceDrawer.tsx";
import { ProvenanceContext } from "./provenance-context.ts";
import { ResultCard } from "./ResultCard.tsx";

const provenance = chunk(() => import("./ProvenanceDrawer.tsx"), "provenance");
const ProvenanceDrawer = lazy(async () => ({ default: (await provenance()).ProvenanceDrawer }));

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
  const [asked, setAsked] = useState<AskedFigure | null>(null);
  // Once it was fetched it stays, so that the figure has the focus back when it closes.
  const [isWanted, setWanted] = useState(false);
  const ask = useCallback((topic: FigureTopic, text: string) => {
    setWanted(true);
    setAsked({ topic, text });
  }, []);
  const close = useCallback(() => setAsked(null), []);
  if (plan.status === "infeasible") {
    return <InfeasibleCard plan={plan} limits={limits} isPending={isPending} change={change} />;
  }
  return (
    <ProvenanceContext value={ask}>
      <MovesCard plan={plan} limits={limits} isPending={isPending} change={change} />
      <ResultCard plan={plan} limits={limits} isPending={isPending} />
      {isWanted && (
        <Suspense>
          <ProvenanceDrawer asked={asked} plan={plan} close={close} />
        </Suspense>
      )}
    </ProvenanceContext>
  );
}
