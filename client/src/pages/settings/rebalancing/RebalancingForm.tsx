import type { RebalancingSchedule, RebalancingSettings } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../../app/FailureLine.tsx";
import { GuardedButton } from "../../../app/GuardedButton.tsx";
import { useMay } from "../../../app/use-may.ts";
import { useWords } from "../../../i18n/words-context.tsx";
import type { useChangeSchedule } from "../../rebalancing/rebalancing-queries.ts";
import { ApprovalFields } from "./ApprovalFields.tsx";
import { BlackoutFields } from "./BlackoutFields.tsx";
import { GuardRailFields } from "./GuardRailFields.tsx";
import { ScheduleFields } from "./ScheduleFields.tsx";

interface Props {
  schedule: RebalancingSchedule;
  /** Outlives this form, which begins anew with what was saved. */
  change: ReturnType<typeof useChangeSchedule>;
}

/** Everything that a run goes by; saved as one, because a run reads it as one. */
export function RebalancingForm({ schedule, change }: Props) {
  const { t } = useWords();
  const { may, why } = useMay("rebalancing:change");
  const [draft, setDraft] = useState<RebalancingSettings>(schedule.settings);
  const edit = (next: Partial<RebalancingSettings>) => {
    setDraft({ ...draft, ...next });
    change.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (may && !change.isPending) change.mutate(draft);
  };
  return (
    <form className="rebalancing-form" onSubmit={submit} noValidate>
      <ScheduleFields schedule={schedule} draft={draft} edit={edit} />
      <GuardRailFields rails={draft.guardRails} edit={(guardRails) => edit({ guardRails })} />
      <BlackoutFields
        blackouts={draft.guardRails.blackouts}
        edit={(blackouts) => edit({ guardRails: { ...draft.guardRails, blackouts } })}
      />
      <ApprovalFields approval={draft.approval} edit={(approval) => edit({ approval })} />
      <FailureLine error={change.error} />
      <div className="form-send">
        <GuardedButton
          type="submit"
          right="rebalancing:change"
          className="button button-primary"
          disabled={change.isPending}
        >
          {t("weekly.set.save")}
        </GuardedButton>
        <p role="status" className="hint">
          {may ? change.isSuccess && t("weekly.set.saved") : why}
        </p>
      </div>
    </form>
  );
}
