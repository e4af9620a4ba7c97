import type { Plan } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ChangesCard } from "./ChangesCard.tsx";
import { ComparisonCard } from "./ComparisonCard.tsx";
import type { Limits } from "./limits.ts";
import { useScenarios } from "./planner-queries.ts";
import { SaveScenarioForm } from "./SaveScenarioForm.tsx";
import { ScenarioTable } from "./ScenarioTable.tsx";

/** So many fit beside each other, each with its twin on today's data. */
const MOST_COMPARED = 3;

interface Props {
  plan: Plan | undefined;
  limits: Limits;
  change(limits: Limits): void;
}

/** Plans under a name: kept as they were, loaded again, and compared. */
export function ScenariosView({ plan, limits, change }: Props) {
  const { t } = useWords();
  const query = useScenarios();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const list = query.data ?? [];
  const compared = chosen.filter((id) => list.some((scenario) => scenario.id === id));
  const toggle = (id: string) =>
    setChosen(compared.includes(id) ? compared.filter((each) => each !== id) : [...compared, id].slice(-MOST_COMPARED));
  return (
    <div className="scenarios-view">
      <Card
        title={t("scenarios.title")}
        sentence={t("scenarios.sentence")}
        className="scenarios-card"
        origin={{ title: t("scenarios.title"), figures: ["plan", "spend", "interval"] }}
        table="shown"
        isBusy={query.isPending}
      >
        <SaveScenarioForm limits={limits} />
        {query.isError && query.data === undefined && (
          <FailurePanel error={query.error} retry={() => query.refetch()} />
        )}
        {query.isPending && <div className="skeleton skeleton-limits" />}
        {query.data !== undefined && list.length === 0 && <p className="card-empty">{t("scenarios.none")}</p>}
        {list.length > 0 && <ScenarioTable list={list} chosen={compared} toggle={toggle} load={change} />}
        {list.length > 1 && compared.length < 2 && <p className="hint">{t("scenarios.compareHint")}</p>}
      </Card>
      {compared.length > 1 && <ComparisonCard ids={compared} />}
      {plan !== undefined && plan.status !== "infeasible" && plan.changes !== null && (
        <ChangesCard changes={plan.changes} limits={limits} list={list} />
      )}
    </div>
  );
}
