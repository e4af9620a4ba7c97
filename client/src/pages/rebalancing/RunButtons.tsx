import { useNavigate } from "@tanstack/react-router";
import type { RebalancingRunSummary, RebalancingSchedule } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { useCancelRun, useStartRun } from "./rebalancing-queries.ts";

/** What may be tried again in its own period. */
const UNFINISHED: readonly string[] = ["blocked", "failed", "cancelled", "nothing"];

interface Props {
  schedule: RebalancingSchedule;
  runs: readonly RebalancingRunSummary[];
}

/** Starts the run of the current period, or one that proposes nothing; either is then looked at. */
export function RunButtons({ schedule, runs }: Props) {
  const { t, format } = useWords();
  const start = useStartRun();
  const navigate = useNavigate();
  const isBusy = start.isPending || runs.some(({ state }) => state === "underway");
  const own = runs.find(({ period, isDry }) => !isDry && period === schedule.period);
  const again = own !== undefined && UNFINISHED.includes(own.state);
  const begin = (isDry: boolean) =>
    start.mutate(
      { isDry, again: again && !isDry },
      { onSuccess: ({ id }) => void navigate({ to: "/rebalancing", search: (before) => ({ ...before, run: id }) }) },
    );
  return (
    <div className="run-buttons">
      {(own === undefined || again) && (
        <GuardedButton
          right="rebalancing:run"
          type="button"
          className="button button-primary"
          disabled={isBusy}
          onClick={() => begin(false)}
        >
          {t(again ? "rebalancing.again" : "rebalancing.runNow")}
        </GuardedButton>
      )}
      <GuardedButton
        right="rebalancing:run"
        type="button"
        className="button"
        disabled={isBusy}
        onClick={() => begin(true)}
      >
        {t("rebalancing.dryRun")}
      </GuardedButton>
      <p className="hint">
        {t("rebalancing.period", { period: format.date(schedule.period) })} {t("rebalancing.dryWhy")}
      </p>
      <FailureLine error={start.error} />
    </div>
  );
}

export function CancelRun({ id }: { id: string }) {
  const { t } = useWords();
  const cancel = useCancelRun();
  return (
    <>
      <ConfirmButton
        right="rebalancing:run"
        className="button button-quiet"
        question={t("rebalancing.cancelQuestion")}
        sure={t("rebalancing.cancelSure")}
        isBusy={cancel.isPending}
        act={() => cancel.mutate({ id })}
      >
        {t("rebalancing.cancel")}
      </ConfirmButton>
      <FailureLine error={cancel.error} />
    </>
  );
}
