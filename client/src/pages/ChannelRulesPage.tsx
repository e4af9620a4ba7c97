import type { ChannelRules, RulesTrial } from "@touchline/server/contract";
import { useState } from "react";
import { FailureLine } from "../app/FailureLine.tsx";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { GuardedButton } from "../app/GuardedButton.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useMay } from "../app/use-may.ts";
import { strong } from "../i18n/words.ts";
import { useWords } from "../i18n/words-context.tsx";
import { ConfirmButton } from "../ui/ConfirmButton.tsx";
import { ArrivalsCard } from "./channels/ArrivalsCard.tsx";
import { ChangesCard } from "./channels/ChangesCard.tsx";
import { useChannelRules, useResetRules, useSaveRules, useTrial } from "./channels/channel-queries.ts";
import { RulesCard } from "./channels/RulesCard.tsx";
import { assigned } from "./channels/rules.ts";

function useHeadline(): (page: { rules: ChannelRules; areOwn: boolean; trial: RulesTrial }) => string {
  const { t, format } = useWords();
  return ({ rules, areOwn, trial }) => {
    const tagged = trial.touches - trial.untagged;
    if (tagged === 0) return t("mapping.rules.headlineNone");
    const counts = { unassigned: strong(format.count(trial.unassigned)), touches: format.count(tagged) };
    return areOwn
      ? t("mapping.rules.headlineOwn", { ...counts, rules: format.count(rules.length) })
      : t("mapping.rules.headlineDefault", counts);
  };
}

/** The rules that name channels: what each catches, what a change would move, and what no rule speaks of. */
export function ChannelRulesPage() {
  const { t, format } = useWords();
  const query = useChannelRules();
  const headline = useHeadline();
  const { may } = useMay("settings:change");
  const [draft, setDraft] = useState<ChannelRules | null>(null);
  const tried = useTrial(draft);
  const save = useSaveRules();
  const reset = useResetRules();
  usePageTitle(t("mapping.rules.title"));
  if (query.data === undefined) {
    if (query.isError) return <FailurePanel error={query.error} retry={() => query.refetch()} isPage />;
    return (
      <div className="page-grid">
        <PageHead title={t("mapping.rules.title")} headline={null} />
        <div className="skeleton skeleton-table" />
      </div>
    );
  }
  const { trial, areOwn } = query.data;
  const rules = draft ?? query.data.rules;
  const shown = draft === null ? trial : (tried.data ?? null);
  const change = (next: ChannelRules) => {
    save.reset();
    setDraft(next);
  };
  const channels = [...new Set(rules.map(({ channel }) => channel))].sort((a, b) => a.localeCompare(b));
  const isTold = trial.untagged > 0 && trial.touches > 0;
  return (
    <div className="page-grid">
      <PageHead
        title={t("mapping.rules.title")}
        headline={headline(query.data)}
        sub={t("mapping.rules.sub", { range: format.range(trial.from, trial.to) })}
      />
      {isTold && (
        <p className="hint">
          {t("mapping.rules.untagged", {
            untagged: format.count(trial.untagged),
            touches: format.count(trial.touches),
          })}
        </p>
      )}
      {draft !== null && (
        <ChangesCard trial={tried.data} isBusy={tried.isPending} error={tried.error ?? save.error}>
          <GuardedButton
            type="button"
            right="settings:change"
            className="button button-primary"
            disabled={save.isPending || tried.isPending || tried.isError}
            onClick={() => save.mutate({ rules }, { onSuccess: () => setDraft(null) })}
          >
            {t("mapping.rules.save")}
          </GuardedButton>
          <button type="button" className="button" onClick={() => setDraft(null)}>
            {t("mapping.rules.undo")}
          </button>
        </ChangesCard>
      )}
      <p role="status" className="refused-outcome">
        {draft === null && save.isSuccess ? t("mapping.rules.saved") : ""}
      </p>
      <ArrivalsCard
        trial={shown ?? trial}
        channels={channels}
        may={may}
        assign={(source, medium, channel) => change(assigned(rules, source, medium, channel))}
      />
      <RulesCard rules={rules} trial={shown} may={may} change={change} />
      {areOwn && (
        <div className="form-send">
          <ConfirmButton
            right="settings:change"
            className="button"
            question={t("mapping.rules.resetQuestion")}
            sure={t("mapping.rules.reset")}
            isBusy={reset.isPending}
            act={() => reset.mutate(undefined, { onSuccess: () => setDraft(null) })}
          >
            {t("mapping.rules.reset")}
          </ConfirmButton>
          <FailureLine error={reset.error} />
        </div>
      )}
    </div>
  );
}
