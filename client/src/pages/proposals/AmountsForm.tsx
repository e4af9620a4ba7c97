import type { DecidedSplit, Proposal } from "@touchline/server/contract";
import { useState } from "react";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { subtractDecimals, sumDecimals } from "../../format/decimal.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";

interface Props {
  proposal: Proposal;
  remark: string;
  isBusy: boolean;
  approve(split: DecidedSplit): void;
  close(): void;
}

/** Other amounts than the recommended ones, channel by channel; the total stays, and a remark says why. */
export function AmountsForm({ proposal, remark, isBusy, approve, close }: Props) {
  const { t, format } = useWords();
  const { allocation, period, currency } = proposal.plan;
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>({});
  const amountOf = ({ channel, recommended }: (typeof allocation)[number]) => amounts[channel] ?? recommended;
  const total = sumDecimals(allocation.map(({ recommended }) => recommended));
  const off = Number(subtractDecimals(sumDecimals(allocation.map(amountOf)), total));
  const split = allocation
    .filter((row) => Number(amountOf(row)) !== Number(row.recommended))
    .map((row) => ({ channel: row.channel, amount: amountOf(row) }));
  const totalText = format.money(total, 2);
  const whyNot =
    off !== 0
      ? t("rebalancing.amounts.whyTotal", { total: totalText })
      : remark === ""
        ? t("rebalancing.amounts.whyRemark")
        : null;
  return (
    <fieldset className="amounts">
      <legend className="field-label">{t("rebalancing.amounts.change")}</legend>
      <p className="hint">
        {t("rebalancing.amounts.hint", { currency, per: t(`planner.per.${period}`), total: totalText })}
      </p>
      {allocation.map((row) => (
        <div key={row.channel} className="amount-row">
          <span>{row.channel}</span>
          <NumberField
            label={t("rebalancing.amounts.amountOf", { channel: row.channel })}
            isLabelHidden
            kind="amount"
            value={Number(amountOf(row))}
            onChange={(value) => setAmounts({ ...amounts, [row.channel]: String(value ?? 0) })}
          />
        </div>
      ))}
      <p className={off === 0 ? "hint" : "field-problem"} role="status">
        {off === 0
          ? t("words.titled", { title: t("rebalancing.amounts.total"), text: totalText })
          : t(off > 0 ? "rebalancing.amounts.off" : "rebalancing.amounts.missing", {
              off: format.money(Math.abs(off), 2),
            })}
      </p>
      <div className="decision-buttons">
        <GuardedButton
          right={proposal.needsSecondPerson ? "plans:approve-large" : "plans:approve"}
          whyNot={whyNot}
          type="button"
          className="button button-primary"
          disabled={isBusy}
          onClick={() => approve(split)}
        >
          {t("rebalancing.amounts.approve")}
        </GuardedButton>
        <button type="button" className="button button-quiet" onClick={close}>
          {t("rebalancing.amounts.keep")}
        </button>
      </div>
    </fieldset>
  );
}
