import { BREAKDOWNS, type Breakdown } from "@touchline/server/contract";
import { useEffect, useState } from "react";
import type { ColumnId } from "../../charts/prepare/breakdown-columns.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { SegmentedChoice } from "../../ui/SegmentedChoice.tsx";
import { ColumnPicker } from "./ColumnPicker.tsx";
import { usePerformanceSearch } from "./use-performance-search.ts";

const LEVELS = ["channel", "campaign", "creative"] as const;
const SEGMENTS = BREAKDOWNS.filter((each) => !LEVELS.some((level) => level === each));
/** Nobody types a name faster than that, and the server is asked once. */
const TYPING_MS = 250;

/** What the table is by, which rows of it, and which columns. */
export function TableControls({ by, columns }: { by: Breakdown; columns: readonly ColumnId[] }) {
  const { t } = useWords();
  const { search, change } = usePerformanceSearch();
  const [typed, setTyped] = useState(search.find ?? "");
  const found = search.find ?? "";
  useEffect(() => setTyped(found), [found]);
  useEffect(() => {
    if (typed === found) return;
    const timer = setTimeout(() => change({ find: typed === "" ? undefined : typed }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, found, change]);
  const choose = (next: Breakdown | undefined) => change({ by: next, open: undefined, rows: undefined });
  return (
    <div className="card-controls">
      <SegmentedChoice
        label={t("performance.byLabel")}
        value={by}
        choices={LEVELS.map((value) => ({ value, text: t(`performance.by.${value}`) }))}
        onChange={(value: Breakdown) => choose(value === "channel" ? undefined : value)}
      />
      <label className="field field-inline">
        <span className="field-label">{t("performance.segment")}</span>
        <select
          value={SEGMENTS.includes(by) ? by : ""}
          onChange={(event) => choose(SEGMENTS.find((each) => each === event.target.value))}
        >
          <option value="">{t("performance.segmentNone")}</option>
          {SEGMENTS.map((each) => (
            <option key={each} value={each}>
              {t(`performance.by.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field field-inline">
        <span className="field-label">{t("performance.find")}</span>
        <span className="field-box">
          <input
            type="search"
            value={typed}
            placeholder={t("performance.findHint")}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
      </label>
      <ColumnPicker chosen={columns} choose={(next) => change({ columns: next })} />
    </div>
  );
}
