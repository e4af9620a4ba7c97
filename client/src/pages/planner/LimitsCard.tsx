import { useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { ChannelLimits, type PlannedChannel } from "./ChannelLimits.tsx";
import { FoldedLimits } from "./FoldedLimits.tsx";
import { LimitChips } from "./LimitChips.tsx";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { PlanFields } from "./PlanFields.tsx";

interface Props {
  limits: Limits;
  channels: readonly PlannedChannel[];
  /** Until the first answer the rows are not known; their place is kept. */
  isLoading: boolean;
  change(limits: Limits): void;
}

function ChannelTable({ limits, channels, change }: Omit<Props, "isLoading">) {
  const { t, format } = useWords();
  return (
    <ScrollRegion label={t("planner.limits")}>
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
            <td />
          </tr>
        </thead>
        {channels.map((planned) => (
          <ChannelLimits key={planned.channel} limits={limits} planned={planned} change={change} />
        ))}
      </table>
    </ScrollRegion>
  );
}

/** Everything that the plan must keep to: the usual as fields and a table, the rare folded away, what is set as chips. */
export function LimitsCard({ limits, channels, isLoading, change }: Props) {
  const { t } = useWords();
  // Fields are made anew by a reset, so that what could not be read goes too.
  const [resets, setResets] = useState(0);
  const isKnown = channels.length > 0 && channels.every((planned) => planned.current !== null);
  const today = channels.reduce((sum, planned) => sum + (planned.current ?? 0), 0);
  return (
    <Card
      title={t("planner.limits")}
      sentence={t("planner.limitsSentence")}
      className="limits-card"
      origin={{ title: t("planner.limits"), figures: ["spend", "plan"] }}
      table="shown"
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
      <LimitChips limits={limits} change={change} />
      <PlanFields key={`fields-${resets}`} limits={limits} today={isKnown ? today : null} change={change} />
      {isLoading && <div className="skeleton skeleton-limits" />}
      {channels.length > 0 && (
        <ChannelTable key={`table-${resets}`} limits={limits} channels={channels} change={change} />
      )}
      <FoldedLimits
        key={`folds-${resets}`}
        limits={limits}
        channels={channels.map(({ channel }) => channel)}
        change={change}
      />
    </Card>
  );
}
