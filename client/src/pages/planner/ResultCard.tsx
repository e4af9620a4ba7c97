import type { Plan } from "@touchline/server/contract";
import { lazy, Suspense } from "react";
import { chunk } from "../../app/chunk.ts";
import { PlanGain, PlanWarnings } from "../../charts/PlanGain.tsx";
import { type PlanResult, preparePlanResult } from "../../charts/prepare/plan-result.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Figure } from "./Figure.tsx";
import type { Limits } from "./limits.ts";
import { NextSteps } from "./NextSteps.tsx";
import { planOrigin } from "./plan-origin.ts";

/** Words of proposals come with the form. */
const proposePlan = chunk(() => import("../proposals/ProposePlan.tsx"), "proposals");
const ProposePlan = lazy(async () => ({ default: (await proposePlan()).ProposePlan }));

/** So many limits are named at once; the others are one click away. */
const BINDING_SHOWN = 4;

function BindingList({ limits }: { limits: PlanResult["binding"] }) {
  return (
    <ul className="binding">
      {limits.map((limit) => (
        <li key={limit.name}>
          <strong>{limit.name}</strong>
          <Figure topic={{ of: "price", limit: limit.limit }} text={limit.price} />
        </li>
      ))}
    </ul>
  );
}

function Binding({ result }: { result: PlanResult }) {
  const { t } = useWords();
  const others = result.binding.slice(BINDING_SHOWN);
  return (
    <div className="result-part">
      <h3>{t("planner.binds")}</h3>
      {result.binding.length === 0 && <p className="hint">{t("planner.bindsNone")}</p>}
      <BindingList limits={result.binding.slice(0, BINDING_SHOWN)} />
      {others.length > 0 && (
        <details className="binding-more">
          <summary>{t("planner.bindsMore", { count: others.length })}</summary>
          <BindingList limits={others} />
        </details>
      )}
    </div>
  );
}

/** What the plan is expected to bring, how sure that is, and what stands in its way. */
export function ResultCard({ plan, limits, isPending }: { plan: Plan; limits: Limits; isPending: boolean }) {
  const words = useWords();
  const { t } = words;
  const result = preparePlanResult(plan, words);
  return (
    <Card
      title={t("planner.result")}
      className={isPending ? "result-card is-stale" : "result-card"}
      isBusy={isPending}
      origin={planOrigin(plan, t("planner.result"))}
    >
      {plan.status === "leave" ? null : (
        <PlanGain result={result} figure={<Figure topic={{ of: "gain" }} text={result.gain} />} />
      )}
      <dl className="result-pair">
        <div>
          <dt>{t("planner.resultToday")}</dt>
          <dd>
            <Figure topic={{ of: "today" }} text={result.today} />
          </dd>
        </div>
        <div>
          <dt>{t("planner.resultPlan")}</dt>
          <dd>
            <Figure topic={{ of: "planned" }} text={result.planned} />
          </dd>
        </div>
      </dl>
      <p className="hint">{result.of}</p>
      {plan.status === "optimal" && result.probability !== null && result.probabilityShare !== null && (
        <div className="result-part">
          <h3>{t("planner.probability")}</h3>
          <div className="probability">
            <svg className="probability-bar" width="100%" height="8" aria-hidden="true">
              <rect className="probability-ground" width="100%" height="8" rx="4" />
              <rect className="probability-fill" width={`${result.probabilityShare * 100}%`} height="8" rx="4" />
            </svg>
            <Figure topic={{ of: "probability" }} text={result.probability} />
          </div>
        </div>
      )}
      <Binding result={result} />
      {plan.status === "optimal" && <PlanWarnings warnings={plan.warnings} />}
      {plan.status === "optimal" && <NextSteps plan={plan} />}
      <Suspense fallback={null}>
        <ProposePlan limits={limits} isPending={isPending} />
      </Suspense>
      <p className="callout callout-small">
        <Icon name="info" />
        <span>
          {plan.model === "incremental"
            ? t("planner.estimated")
            : t("planner.credited", { model: t(`models.${plan.model}`) })}
        </span>
      </p>
      <p className="small-print">{t("words.titled", { title: t("planner.certificate"), text: result.certificate })}</p>
      {plan.certificate.scope === "local" && <p className="small-print">{t("planner.scopeLocal")}</p>}
    </Card>
  );
}
