import { DateRange } from "@touchline/server/contract";
import { type FormEvent, useId, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { countDays, overlapOf } from "../date-range.ts";
import { Calendar } from "./Calendar.tsx";

interface Props {
  range: DateRange;
  days: DateRange;
  choose(range: DateRange): void;
}

type Problem = "incomplete" | "order" | "outside";

function findProblem(asked: DateRange, days: DateRange): Problem | null {
  if (asked.from === "" || asked.to === "") return "incomplete";
  if (asked.from > asked.to) return "order";
  if (!DateRange.safeParse(asked).success) return "incomplete";
  return overlapOf(asked, days) === null ? "outside" : null;
}

/** Days of one's own: typed into two fields, or picked in the calendar under them. */
export function RangeForm({ range, days, choose }: Props) {
  const { t, format } = useWords();
  const [asked, setAsked] = useState(range);
  /** Picked as the first day; the next one is the last. */
  const [anchor, setAnchor] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const problemId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = findProblem(asked, days);
    setProblem(found);
    if (found === null) choose(asked);
  };
  const pick = (day: string) => {
    setProblem(null);
    if (anchor === null) {
      setAnchor(day);
      setAsked({ from: day, to: day });
      return;
    }
    setAnchor(null);
    setAsked(day < anchor ? { from: day, to: anchor } : { from: anchor, to: day });
  };
  const field = (end: "from" | "to") => (
    <label className="field">
      <span className="field-label">{t(`range.${end}`)}</span>
      <input
        type="date"
        value={asked[end]}
        min={days.from}
        max={days.to}
        aria-invalid={problem !== null}
        aria-describedby={problemId}
        onChange={(event) => {
          setAnchor(null);
          setAsked({ ...asked, [end]: event.target.value });
        }}
      />
    </label>
  );
  const isWhole = findProblem(asked, days) === null;
  const count = isWhole ? format.days(countDays(asked)) : "";
  let said: string = t("range.available", { from: format.date(days.from), to: format.date(days.to) });
  if (problem !== null) said = t(`range.${problem}`);
  else if (anchor !== null) said = t("choices.pickEnd", { from: format.date(anchor) });
  else if (isWhole && (asked.from !== range.from || asked.to !== range.to)) {
    said = t("choices.dayCount", { range: format.range(asked.from, asked.to), days: count });
  }
  return (
    <form className="range-form" onSubmit={submit} noValidate>
      <div className="range-fields">
        {field("from")}
        {field("to")}
        <button type="submit" className="button button-primary">
          {t("range.apply")}
        </button>
      </div>
      <p
        id={problemId}
        className={problem === null ? "hint" : "field-problem"}
        role={problem === null ? "status" : "alert"}
      >
        {said}
      </p>
      <Calendar chosen={isWhole ? asked : range} days={days} pick={pick} />
    </form>
  );
}
