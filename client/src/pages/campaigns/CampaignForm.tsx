import { CampaignSettings, type SeenCampaign } from "@touchline/server/contract";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { SelectField, TextField } from "../experiments/fields.tsx";
import { useChangeCampaign } from "./campaign-queries.ts";
import { problemOf, settingsOf } from "./campaign-rows.ts";

const { platform: PLATFORM, bidStrategy: BIDDING } = CampaignSettings.shape;
const PLATFORMS = PLATFORM.unwrap().options;
const STRATEGIES = BIDDING.unwrap().options;

interface Props {
  row: SeenCampaign;
  /** Closes it; true: something was saved. */
  close(isSaved: boolean): void;
}

/** One campaign's settings where its row stood. Escape leaves them as they were. */
export function CampaignForm({ row, close }: Props) {
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const change = useChangeCampaign();
  const [draft, setDraft] = useState(() => settingsOf(row));
  useEffect(() => form.current?.querySelector("select")?.focus(), []);
  const edit = (next: Partial<CampaignSettings>) => {
    setDraft({ ...draft, ...next });
    change.reset();
  };
  const problem = problemOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A field with a text that is no number keeps its last value: it is not saved as if it were what was typed.
    if (problem !== null || change.isPending || form.current?.querySelector("[aria-invalid=true]") != null) return;
    change.mutate({ campaigns: [draft] }, { onSuccess: () => close(true) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close(false);
  };
  return (
    <form
      ref={form}
      className="campaign-form"
      aria-label={row.campaign}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <SelectField
        label={t("campaigns.platform")}
        value={draft.platform}
        onChange={(value) => edit({ platform: value as CampaignSettings["platform"] })}
      >
        {PLATFORMS.map((platform) => (
          <option key={platform} value={platform}>
            {t(`campaigns.platformOf.${platform}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("campaigns.platformId")}
        value={draft.platformId}
        onChange={(value) => edit({ platformId: value.slice(0, 64) })}
      />
      <SelectField
        label={t("campaigns.bidding")}
        value={draft.bidStrategy}
        onChange={(value) => {
          const bidStrategy = value as CampaignSettings["bidStrategy"];
          // A target means nothing without a strategy, and a cost is no return.
          edit({ bidStrategy, target: bidStrategy === draft.bidStrategy ? draft.target : null });
        }}
      >
        {STRATEGIES.map((strategy) => (
          <option key={strategy} value={strategy}>
            {t(`campaigns.biddingOf.${strategy}`)}
          </option>
        ))}
      </SelectField>
      {draft.bidStrategy !== "none" && (
        <NumberField
          label={t("campaigns.target")}
          kind={draft.bidStrategy === "target-cpa" ? "amount" : "ratio"}
          value={draft.target}
          hint={problem === "target" ? t("campaigns.above0") : t("campaigns.targetHint")}
          onChange={(target) => edit({ target })}
        />
      )}
      <TextField
        label={t("campaigns.sharedBudget")}
        value={draft.sharedBudget}
        hint={t("campaigns.sharedHint")}
        onChange={(value) => edit({ sharedBudget: value.slice(0, 200) })}
      />
      <NumberField
        label={t("campaigns.minimum")}
        kind="amount"
        value={draft.minimumDaily}
        onChange={(minimumDaily) => edit({ minimumDaily })}
      />
      <NumberField
        label={t("campaigns.step")}
        kind="amount"
        value={draft.step}
        hint={problem === "step" ? t("campaigns.above0") : t("campaigns.stepHint")}
        onChange={(step) => edit({ step })}
      />
      <TextField
        label={t("campaigns.learning")}
        type="date"
        value={draft.learningUntil ?? ""}
        hint={t("campaigns.learningHint")}
        onChange={(value) => edit({ learningUntil: value === "" ? null : value })}
      />
      <TextField
        label={t("campaigns.currency")}
        value={draft.currency}
        placeholder={t("campaigns.currencyOwn")}
        problem={problem === "currency" ? t("campaigns.currencyWrong") : null}
        onChange={(value) => edit({ currency: value.trim().toUpperCase().slice(0, 3) })}
      />
      <FailureLine error={change.error} />
      <div className="decision-buttons">
        <button type="submit" className="button button-primary" disabled={problem !== null || change.isPending}>
          {t("campaigns.save")}
        </button>
        <button type="button" className="button button-quiet" onClick={() => close(false)}>
          {t("campaigns.leave")}
        </button>
      </div>
    </form>
  );
}
