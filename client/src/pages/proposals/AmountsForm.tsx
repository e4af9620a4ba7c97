import type { DecidedSplit, Proposal } from "@touchline/server/contract";
import { useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { PlanGain } from "../../charts/PlanGain.tsx";
import { preparePlanResult } from "../../charts/prepare/plan-result.ts";
import { subtractDecimals, sumDecimals } from "../../format/decimal.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { BrokenLimits } from "./BrokenLimits.tsx";
import { useWeighed } from "./proposal-queries.ts";

interface Props {
  proposal: Proposal;
  remark: string;
  isBusy: boolean;
  /** Despite limits of the plan that these amounts break, where there are any. */
  approve(split: DecidedSplit, despiteLimits: boolean): void;
  close(): void;
}

/** Other amounts than the recommended ones, channel by channel; the total stays, and a remark says why. */
export function AmountsForm({ proposal, remark, isBusy, approve, close }: Props) {
  const words = useWords();
  const { t, format } = words;
  const { allocation, period, currency } = proposal.plan;
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>({});
  const amountOf = ({ channel, recommended }: (typeof allocation)[number]) => amounts[channel] ?? recommended;
  const total = sumDecimals(allocation.map(({ recommended }) => recommended));
  const off = Number(subtractDecimals(sumDecimals(allocation.map(amountOf)), total));
  const split = allocation
    .filter((row) => Number(amountOf(row)) !== Number(row.recommended))
    .map((row) => ({ channel: row.channel, amount: amountOf(row) }));
  const weighed = useWeighed(proposal.id, split, off === 0 && split.length > 0);
  const broken = weighed.data?.broken ?? [];
  const totalText = format.money(total, 2);
  const whyNot =
    off !== 0
      ? t("review.amounts.whyTotal", { total: totalText })
      : remark === ""
        ? t("review.amounts.whyRemark")
        : null;
  return (
    <fieldset className="amounts">
      <legend className="field-label">{t("review.amounts.change")}</legend>
      <p className="hint">
        {t("review.amounts.hint", { currency, per: t(`planner.per.${period}`), total: totalText })}
      </p>
      {allocation.map((row) => (
        <div key={row.channel} className="amount-row">
          <span>{row.channel}</span>
          <NumberField
            label={t("review.amounts.amountOf", { channel: row.channel })}
            isLabelHidden
            kind="amount"
            value={Number(amountOf(row))}
            onChange={(value) => setAmounts({ ...amounts, [row.channel]: String(value ?? 0) })}
          />
        </div>
      ))}
      <p className={off === 0 ? "hint" : "field-problem"} role="status">
        {off === 0
          ? t("words.titled", { title: t("review.amounts.total"), text: totalText })
          : t(off > 0 ? "review.amounts.off" : "review.amounts.missing", {
              off: format.money(Math.abs(off), 2),
            })}
      </p>
      <FailureLine error={weighed.error} />
      {off === 0 && weighed.data != null && (
        <>
          <PlanGain result={preparePlanResult({ ...proposal.plan, expected: weighed.data.expected }, words)} />
          {broken.length > 0 && (
            <div role="alert">
              <p className="hint">{t("review.amounts.broken")}</p>
              <BrokenLimits plan={proposal.plan} broken={broken} />
            </div>
          )}
        </>
      )}
      <div className="decision-buttons">
        <GuardedButton
          right={proposal.needsSecondPerson ? "plans:approve-large" : "plans:approve"}
          whyNot={whyNot}
          type="button"
          className="button button-primary"
          disabled={isBusy || weighed.isFetching || weighed.isError}
          onClick={() => approve(split, broken.length > 0)}
        >
          {t(broken.length > 0 ? "review.amounts.despite" : "review.amounts.approve")}
        </GuardedButton>
        <button type="button" className="button button-quiet" onClick={close}>
          {t("review.amounts.keep")}
        </button>
      </div>
    </fieldset>
  );
}
