import { Period } from "@touchline/server/contract";
import { useId, useState } from "react";
import { Card } from "../../app/Card.tsx";
import { Icon } from "../../app/Icon.tsx";
import { ScrollRegion } from "../../app/ScrollRegion.tsx";
import { useWords } from "../../app/words-context.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { boundsOf, DEFAULT_LIMITS, type Limits, withBounds, withPeriod } from "./limits.ts";
import { NumberField } from "./NumberField.tsx";

/** A channel that the plan may move, and what is spent on it today, per period; null while that is not known. */
export interface PlannedChannel {
  readonly channel: string;
  readonly current: number | null;
}

interface Props {
  limits: Limits;
  channels: readonly PlannedChannel[];
  /** Until the first answer the rows are not known; their place is kept. */
  isLoading: boolean;
  change(limits: Limits): void;
}

type Side = "lower" | "upper";

function ChannelLimits({
  limits,
  planned,
  change,
}: {
  limits: Limits;
  planned: PlannedChannel;
  change: Props["change"];
}) {
  const { t, format } = useWords();
  const { hues } = useWorkspace();
  const problemId = useId();
  const [problems, setProblems] = useState<Record<Side, string | null>>({ lower: null, upper: null });
  const { channel, current } = planned;
  const bounds = boundsOf(limits, channel);
  const problem = problems.lower ?? problems.upper;
  const field = (side: Side) => (
    <NumberField
      label={t(side === "lower" ? "planner.floorOf" : "planner.capOf", { channel })}
      isLabelHidden
      kind="amount"
      value={bounds[side]}
      placeholder="–"
      isDisabled={bounds.locked}
      problemPlace={{ id: problemId, tell: (sentence) => setProblems((before) => ({ ...before, [side]: sentence })) }}
      onChange={(amount) => change(withBounds(limits, { ...bounds, [side]: amount }))}
    />
  );
  return (
    <tbody>
      <tr className={problem === null ? undefined : "row-broken"}>
        <th scope="row">
          <span className="channel-name">
            <Swatch hue={hues.get(channel)} />
            {channel}
          </span>
        </th>
        <td className="numeric">{current === null ? "" : format.amount(current)}</td>
        <td>{field("lower")}</td>
        <td>{field("upper")}</td>
        <td className="cell-lock">
          <label className="lock" title={t("planner.lockOf", { channel })}>
            <input
              type="checkbox"
              checked={bounds.locked}
              onChange={(event) => change(withBounds(limits, { ...bounds, locked: event.target.checked }))}
            />
            <Icon name="lock" />
            <span className="visually-hidden">{t("planner.lockOf", { channel })}</span>
          </label>
        </td>
      </tr>
      {problem !== null && (
        <tr className="row-problem">
          <td colSpan={5} id={problemId} className="field-problem" role="alert">
            {problem}
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** Everything that the plan must keep to, as one table that is edited in place. */
export function LimitsCard({ limits, channels, isLoading, change }: Props) {
  const { t, format } = useWords();
  // Fields are made anew by a reset, so that what could not be read goes too.
  const [resets, setResets] = useState(0);
  const period = t(`planner.periods.${limits.period}`);
  const isKnown = channels.length > 0 && channels.every((planned) => planned.current !== null);
  const today = channels.reduce((sum, planned) => sum + (planned.current ?? 0), 0);
  return (
    <Card
      title={t("planner.limits")}
      sentence={t("planner.limitsSentence")}
      className="limits-card"
      actions={
        <button
          type="button"
          className="button button-quiet"
          onClick={() => {
            setResets(resets + 1);
            change(DEFAULT_LIMITS);
          }}
        >
          <Icon name="reset" />
          <span className="button-word">{t("planner.reset")}</span>
        </button>
      }
    >
      <div className="limits-fields" key={`fields-${resets}`}>
        <fieldset className="segments">
          <legend className="field-label">{t("planner.period")}</legend>
          {Period.options.map((name) => (
            <label key={name} className="segment">
              <input
                type="radio"
                name="period"
                checked={limits.period === name}
                onChange={() => change(withPeriod(limits, name))}
              />
              <span>{t(`planner.periods.${name}`)}</span>
            </label>
          ))}
        </fieldset>
        <fieldset className="segments">
          <legend className="field-label">{t("planner.sense")}</legend>
          {([false, true] as const).map((exact) => (
            <label key={String(exact)} className="segment">
              <input
                type="radio"
                name="sense"
                checked={limits.exact === exact}
                onChange={() => change({ ...limits, exact })}
              />
              <span>{exact ? t("planner.exactly") : t("planner.atMost")}</span>
            </label>
          ))}
        </fieldset>
        <NumberField
          label={t("planner.budget", { period })}
          kind="amount"
          value={limits.budget}
          placeholder={isKnown ? format.amount(today) : t("planner.budgetToday")}
          hint={isKnown ? t("planner.budgetHint", { today: format.money(today) }) : t("planner.budgetHintBare")}
          onChange={(budget) => change({ ...limits, budget })}
        />
        <NumberField
          label={t("planner.maxChange")}
          kind="percent"
          value={limits.maxChange}
          placeholder={t("planner.noLimit")}
          hint={t("planner.maxChangeHint")}
          onChange={(maxChange) => change({ ...limits, maxChange })}
        />
      </div>
      {isLoading && <div className="skeleton skeleton-limits" />}
      {channels.length > 0 && (
        <ScrollRegion key={`table-${resets}`} label={t("planner.limits")}>
          <table className="data-table limits-table">
            <caption className="visually-hidden">{t("planner.limits")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("words.channel")}</th>
                <th scope="col" className="numeric">
                  {t("planner.today")} <span className="head-unit">{format.currencySymbol}</span>
                </th>
                <th scope="col">{t("planner.floor")}</th>
                <th scope="col">{t("planner.cap")}</th>
                <th scope="col">{t("planner.lock")}</th>
              </tr>
            </thead>
            {channels.map((planned) => (
              <ChannelLimits key={planned.channel} limits={limits} planned={planned} change={change} />
            ))}
          </table>
        </ScrollRegion>
      )}
    </Card>
  );
}
