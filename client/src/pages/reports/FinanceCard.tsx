import type { FinanceSettings } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWorkspace } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { SelectField, TextField } from "../experiments/fields.tsx";
import { useChangeFinance, useFinance } from "./report-queries.ts";

/** The account of every channel that names none of its own. */
const ALL_OTHERS = "";

/** Mounted anew for other settings, so that the fields begin with them. */
function FinanceForm({ settings }: { settings: FinanceSettings }) {
  const { t } = useWords();
  const { may } = useMay("reports:change");
  const { status } = useWorkspace();
  const change = useChangeFinance();
  const [draft, setDraft] = useState(settings);
  const isNew = JSON.stringify(draft) !== JSON.stringify(settings);
  const set = (next: Partial<FinanceSettings>) => {
    setDraft({ ...draft, ...next });
    change.reset();
  };
  const account = (channel: string, text: string) => {
    const { [channel]: _, ...others } = draft.accounts;
    set({ accounts: text.trim() === "" ? others : { ...others, [channel]: text.trim() } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (may && isNew && !change.isPending) change.mutate(draft);
  };
  const channels = [...new Set([...status.channels, ...Object.keys(settings.accounts)])].filter((name) => name !== "");
  return (
    <form className="report-form" onSubmit={submit} noValidate>
      <NumberField
        label={t("reports.finance.marginShare")}
        kind="percent"
        value={draft.marginShare}
        hint={t("reports.finance.marginHint")}
        isDisabled={!may}
        onChange={(marginShare) => set({ marginShare })}
      />
      <NumberField
        label={t("reports.finance.discountRate")}
        kind="percent"
        value={draft.discountRate}
        hint={t("reports.finance.discountHint")}
        isDisabled={!may}
        onChange={(rate) => set({ discountRate: rate ?? 0 })}
      />
      <SelectField
        label={t("reports.finance.tax")}
        value={draft.taxBasis}
        onChange={(basis) => set({ taxBasis: basis === "gross" ? "gross" : "net" })}
      >
        <option value="net">{t("reports.tax.net")}</option>
        <option value="gross">{t("reports.tax.gross")}</option>
      </SelectField>
      <TextField
        label={t("reports.finance.contra")}
        value={draft.contraAccount}
        onChange={(contraAccount) => set({ contraAccount })}
      />
      <TextField
        label={t("reports.finance.others")}
        value={draft.accounts[ALL_OTHERS] ?? ""}
        onChange={(text) => account(ALL_OTHERS, text)}
      />
      {channels.map((channel) => (
        <TextField
          key={channel}
          label={t("reports.finance.accountOf", { channel })}
          value={draft.accounts[channel] ?? ""}
          onChange={(text) => account(channel, text)}
        />
      ))}
      <div className="form-send">
        <GuardedButton
          type="submit"
          right="reports:change"
          className="button button-primary"
          disabled={!isNew || change.isPending}
        >
          {t("reports.finance.save")}
        </GuardedButton>
        <span className="hint" role="status">
          {change.isSuccess && !isNew && t("reports.finance.saved")}
        </span>
      </div>
      <FailureLine error={change.error} />
    </form>
  );
}

/** What reports count with, and the accounts of the ledger. */
export function FinanceCard() {
  const { t } = useWords();
  const query = useFinance();
  return (
    <Card title={t("reports.finance.title")} sentence={t("reports.finance.sentence")}>
      <FailureLine error={query.error} />
      {query.data !== undefined && (
        <details className="card-details">
          <summary>{t("reports.finance.open")}</summary>
          <FinanceForm key={JSON.stringify(query.data)} settings={query.data} />
        </details>
      )}
    </Card>
  );
}
