import { useNavigate } from "@tanstack/react-router";
import type { PacingMonth } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { shiftMonth } from "./pacing-search.ts";

/** Which month is shown: one back, one on, or any of a list. */
export function MonthPicker({ month, months }: Pick<PacingMonth, "month" | "months">) {
  const { t, format } = useWords();
  const navigate = useNavigate({ from: "/pacing" });
  const show = (next: string) => navigate({ search: ({ on: _, ...before }) => ({ ...before, month: next }) });
  const list: string[] = [];
  for (let each = months.last; each >= months.first; each = shiftMonth(each, -1)) list.push(each);
  const step = (label: string, by: number, isOpen: boolean) => (
    <button
      type="button"
      className={`button button-icon month-${by < 0 ? "back" : "on"}`}
      aria-label={label}
      title={label}
      disabled={!isOpen}
      onClick={() => show(shiftMonth(month, by))}
    >
      <Icon name="chevron" />
    </button>
  );
  return (
    <fieldset className="month-picker">
      <legend className="visually-hidden">{t("pacing.month")}</legend>
      {step(t("pacing.previous"), -1, month > months.first)}
      <select aria-label={t("pacing.month")} value={month} onChange={(event) => show(event.target.value)}>
        {list.map((each) => (
          <option key={each} value={each}>
            {format.month(each)}
          </option>
        ))}
      </select>
      {step(t("pacing.next"), 1, month < months.last)}
    </fieldset>
  );
}
