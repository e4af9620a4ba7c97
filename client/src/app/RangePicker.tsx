import { useNavigate } from "@tanstack/react-router";
import type { DateRange } from "@touchline/server/contract";
import { type FormEvent, useId, useState } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { Icon } from "../ui/Icon.tsx";
import { usePopover } from "../ui/use-popover.ts";
import { overlapOf, PRESETS, presetRange } from "./date-range.ts";

interface Props {
  range: DateRange;
  days: DateRange;
}

type Problem = "order" | "outside" | "incomplete";

function findProblem(asked: DateRange, days: DateRange): Problem | null {
  if (asked.from === "" || asked.to === "") return "incomplete";
  if (asked.from > asked.to) return "order";
  return overlapOf(asked, days) === null ? "outside" : null;
}

function RangeForm({ range, days, choose }: Props & { choose: (range: DateRange) => void }) {
  const { t, format } = useWords();
  const [asked, setAsked] = useState(range);
  const [problem, setProblem] = useState<Problem | null>(null);
  const problemId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = findProblem(asked, days);
    setProblem(found);
    if (found === null) choose(asked);
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
        onChange={(event) => setAsked({ ...asked, [end]: event.target.value })}
      />
    </label>
  );
  return (
    <form className="range-form" onSubmit={submit} noValidate>
      <div className="range-fields">
        {field("from")}
        {field("to")}
      </div>
      <p
        id={problemId}
        className={problem === null ? "hint" : "field-problem"}
        role={problem === null ? undefined : "alert"}
      >
        {problem === null
          ? t("range.available", { from: format.date(days.from), to: format.date(days.to) })
          : t(`range.${problem}`)}
      </p>
      <button type="submit" className="button button-primary">
        {t("range.apply")}
      </button>
    </form>
  );
}

/** The days of the page, kept in its address. Closes on Escape, on a click elsewhere and after a choice. */
export function RangePicker({ range, days }: Props) {
  const { t, format } = useWords();
  const navigate = useNavigate();
  const { isOpen, panelId, box, button, toggle, close } = usePopover();

  const choose = (chosen: DateRange) => {
    close();
    navigate({ to: ".", search: (before) => ({ ...before, from: chosen.from, to: chosen.to }) });
  };

  return (
    <div className="popover-box" ref={box}>
      <button
        type="button"
        ref={button}
        className="button range-button"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={toggle}
      >
        <Icon name="calendar" />
        <span className="visually-hidden">{t("range.label")}</span>
        <span>{format.range(range.from, range.to)}</span>
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div className="popover" id={panelId}>
          <ul className="presets">
            {PRESETS.map((preset) => {
              const target = presetRange(preset, days);
              const isChosen = target?.from === range.from && target.to === range.to;
              return (
                <li key={preset}>
                  <button
                    type="button"
                    className="preset"
                    disabled={target === null}
                    aria-pressed={isChosen}
                    onClick={() => target !== null && choose(target)}
                  >
                    {t(`range.${preset}`)}
                  </button>
                </li>
              );
            })}
          </ul>
          <RangeForm range={range} days={days} choose={choose} />
        </div>
      )}
    </div>
  );
}
