import { useId } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { COMPARISONS, comparedRange, DEFAULT_COMPARISON } from "../date-range.ts";
import type { WorkspaceView } from "../workspace-context.ts";
import { useChangeSearch } from "./use-change-search.ts";

/** With which days the chosen ones are compared; says where the data does not reach back that far. */
export function ComparisonChoice({ view }: { view: WorkspaceView }) {
  const { t, format } = useWords();
  const change = useChangeSearch();
  const name = useId();
  const { range, days, comparison, compared } = view;
  const asked = comparedRange(range, comparison);
  const sayDays = ({ from, to }: { from: string; to: string }) => format.range(from, to);
  let said: string = t("choices.comparedNone");
  if (compared !== null) said = t("choices.comparedWith", { range: sayDays(compared) });
  else if (asked !== null) {
    said = t("choices.tooShort", { range: sayDays(asked), first: format.date(days.from) });
  }
  return (
    <fieldset className="comparison">
      <legend className="presets-title">{t("choices.compare")}</legend>
      <div className="comparison-choices">
        {COMPARISONS.map((each) => (
          <label key={each} className="toggle">
            <input
              type="radio"
              name={name}
              checked={each === comparison}
              onChange={() => change({ compare: each === DEFAULT_COMPARISON ? undefined : each })}
            />
            <span>{t(`choices.comparison.${each}`)}</span>
          </label>
        ))}
      </div>
      <p role="status" className={compared === null && asked !== null ? "field-problem" : "hint"}>
        {said}
      </p>
    </fieldset>
  );
}
