import type { WeeksInput } from "@touchline/server/contract";
import { useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { WeekCommitments } from "./WeekCommitments.tsx";
import { WeekPrices } from "./WeekPrices.tsx";

/** What a weekly plan is asked with beside the limits of the page. */
export interface WeekChoices {
  readonly weeks: number;
  readonly start: string | null;
  readonly weekly: NonNullable<WeeksInput["weekly"]>;
  readonly pacing: number | null;
  readonly season: NonNullable<WeeksInput["season"]>;
  readonly prices: NonNullable<WeeksInput["prices"]>;
  readonly commitments: NonNullable<WeeksInput["commitments"]>;
}

/** A quarter of a year, following the season, moved gently. */
export const DEFAULT_WEEKS: WeekChoices = {
  weeks: 8,
  start: null,
  weekly: { min: null, max: null },
  pacing: null,
  season: "history",
  prices: [],
  commitments: [],
};

const MOST_WEEKS = 52;

export interface WeekProps {
  choices: WeekChoices;
  channels: readonly string[];
  change(choices: WeekChoices): void;
}

/** How many weeks, from when, how fast money may move between them; prices and commitments folded away. */
export function WeeksFields({ choices, channels, change }: WeekProps) {
  const { t, format } = useWords();
  const [isOpen, setOpen] = useState(false);
  const set = (part: Partial<WeekChoices>) => change({ ...choices, ...part });
  const { weekly } = choices;
  const folded = choices.prices.length + choices.commitments.length;
  return (
    <div className="weeks-fields">
      <label className="field">
        <span className="field-label">{t("studies.weeks.count")}</span>
        <input
          type="number"
          min={1}
          max={MOST_WEEKS}
          value={choices.weeks}
          onChange={(event) => {
            const weeks = Math.round(Number(event.target.value));
            if (weeks >= 1 && weeks <= MOST_WEEKS) set({ weeks });
          }}
        />
      </label>
      <label className="field">
        <span className="field-label">{t("studies.weeks.start")}</span>
        <input
          type="date"
          value={choices.start ?? ""}
          onChange={(event) => set({ start: event.target.value === "" ? null : event.target.value })}
        />
      </label>
      <NumberField
        label={t("studies.weeks.pacing")}
        kind="percent"
        value={choices.pacing}
        placeholder={t("planner.noLimit")}
        onChange={(pacing) => set({ pacing })}
      />
      <NumberField
        label={t("studies.weeks.weeklyMin")}
        kind="amount"
        value={weekly.min}
        placeholder="–"
        onChange={(min) => set({ weekly: { min, max: weekly.max } })}
      />
      <NumberField
        label={t("studies.weeks.weeklyMax")}
        kind="amount"
        value={weekly.max}
        placeholder="–"
        onChange={(max) => set({ weekly: { min: weekly.min, max } })}
      />
      <label className="toggle weeks-season">
        <input
          type="checkbox"
          checked={choices.season !== "flat"}
          onChange={(event) => set({ season: event.target.checked ? "history" : "flat" })}
        />
        <span>{t("studies.weeks.useSeason")}</span>
      </label>
      <details className="fold weeks-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span>{t("studies.weeks.more")}</span>
          {folded > 0 && <span className="fold-count">{t("planner.setCount", { figure: format.count(folded) })}</span>}
        </summary>
        {isOpen && (
          <div className="fold-body weeks-lists">
            <WeekPrices choices={choices} channels={channels} change={change} />
            <WeekCommitments choices={choices} channels={channels} change={change} />
          </div>
        )}
      </details>
    </div>
  );
}
