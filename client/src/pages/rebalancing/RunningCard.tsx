import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { OpenLink } from "./OpenLink.tsx";
import { CancelRun } from "./RunButtons.tsx";
import { RunSteps } from "./RunSteps.tsx";
import { useRun } from "./rebalancing-queries.ts";

/** A run that is under way, step by step. */
export function RunningCard({ id }: { id: string }) {
  const { t } = useWords();
  const { data: run } = useRun(id);
  if (run === undefined) return null;
  return (
    <Card
      title={t("rebalancing.running.title")}
      sentence={t("rebalancing.running.sentence")}
      className="running-card"
      actions={<CancelRun id={id} />}
    >
      <RunSteps steps={run.steps} />
      <p>
        <OpenLink open={{ run: id }}>{t("rebalancing.see")}</OpenLink>
      </p>
    </Card>
  );
}
