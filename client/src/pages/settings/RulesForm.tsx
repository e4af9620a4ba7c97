import type { Policies } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMe } from "../../app/me-context.ts";
import { useMay } from "../../app/use-may.ts";
import { parseAmount } from "../../format/parse-amount.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { TextField } from "../experiments/fields.tsx";
import type { useChangePolicies } from "./settings-queries.ts";

interface Props {
  policies: Policies;
  /** Outlives this form, which begins anew with what was saved. */
  change: ReturnType<typeof useChangePolicies>;
}

export function RulesForm({ policies, change }: Props) {
  const { t, format } = useWords();
  const { user } = useMe();
  const { may, why } = useMay("policies:change");
  const { secondPersonAbove } = policies;
  const [amount, setAmount] = useState(secondPersonAbove === null ? "" : format.typed(secondPersonAbove));
  const [requireSecondFactor, setRequired] = useState(policies.requireSecondFactor);
  const typed = parseAmount(amount, format.language);
  const problem =
    typed.kind === "rejected"
      ? t(`input.${typed.reason}`, { example: format.amount(1234.5, 2) })
      : typed.kind === "ok" && typed.value === 0
        ? t("settings.amountZero")
        : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!may || problem !== null || change.isPending) return;
    change.mutate({ secondPersonAbove: typed.kind === "ok" ? typed.value : null, requireSecondFactor });
  };
  const shutsOut = requireSecondFactor && !policies.requireSecondFactor && !user.hasSecondFactor;
  return (
    <Card title={t("settings.rulesTitle")} sentence={t("settings.rulesSentence")}>
      <form className="rules-form" onSubmit={submit} noValidate>
        <TextField
          label={t("settings.amount")}
          isNumber
          unit={format.currencySymbol}
          value={amount}
          placeholder={t("settings.amountNone")}
          hint={t("settings.amountWhy")}
          problem={problem}
          onChange={(text) => {
            setAmount(text);
            change.reset();
          }}
        />
        <label className="scope">
          <input
            type="checkbox"
            checked={requireSecondFactor}
            onChange={(event) => {
              setRequired(event.target.checked);
              change.reset();
            }}
          />
          <span>
            {t("settings.requireFactor")}
            <span className="cell-below">{t("settings.requireFactorWhy")}</span>
          </span>
        </label>
        {shutsOut && <p className="field-problem">{t("settings.requireFactorYou")}</p>}
        <FailureLine error={change.error} />
        <div className="form-send">
          <GuardedButton
            type="submit"
            right="policies:change"
            className="button button-primary"
            disabled={change.isPending || problem !== null}
          >
            {t("settings.rulesSave")}
          </GuardedButton>
          <p role="status" className="hint">
            {may ? change.isSuccess && t("account.saved") : why}
          </p>
        </div>
      </form>
    </Card>
  );
}
