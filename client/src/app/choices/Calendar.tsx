import type { DateRange } from "@touchline/server/contract";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { addDays } from "../date-range.ts";
import { addMonths, type CalendarMonth, dayAfterKey, monthOf, prepareMonth } from "./calendar-month.ts";

interface Props {
  /** The days chosen so far; while only the first one is, both ends are that day. */
  chosen: DateRange;
  /** Days that can be chosen. */
  days: DateRange;
  pick(day: string): void;
}

/** A Monday: what weekdays are named by. */
const SOME_MONDAY = "2024-01-01";

const WEEK = Array.from({ length: 7 }, (_, index) => addDays(SOME_MONDAY, index));

function within(day: string, { from, to }: DateRange): string {
  if (day < from) return from;
  return day > to ? to : day;
}

interface MonthProps extends Props {
  month: CalendarMonth;
  /** The one day that the Tab key reaches. */
  stop: string;
  helpId: string;
}

function Month({ month, chosen, days, stop, helpId, pick }: MonthProps) {
  const { format } = useWords();
  const titleId = useId();
  return (
    <div className="month">
      <p id={titleId} className="month-title">
        {format.month(month.first.slice(0, "YYYY-MM".length))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is a table with a keyboard */}
      <table role="grid" aria-labelledby={titleId} aria-describedby={helpId} aria-multiselectable="true">
        <thead>
          <tr>
            {WEEK.map((day) => (
              <th key={day} scope="col" abbr={format.weekdayName(day, "long")}>
                {format.weekdayName(day, "narrow")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {month.weeks.map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, column) => {
                if (day === null) return <td key={WEEK[column]} />;
                const isChosen = chosen.from <= day && day <= chosen.to;
                const isEnd = day === chosen.from || day === chosen.to;
                const isOutside = day < days.from || day > days.to;
                return (
                  // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid is a gridcell
                  <td
                    key={day}
                    className={[isChosen && "month-chosen", isEnd && "month-end"].filter(Boolean).join(" ")}
                    aria-selected={isChosen}
                  >
                    <button
                      type="button"
                      data-day={day}
                      tabIndex={day === stop ? 0 : -1}
                      disabled={isOutside}
                      aria-label={format.weekday(day)}
                      onClick={() => pick(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Two months beside each other. Days are picked by pointer, or with the keys of a date grid. */
export function Calendar({ chosen, days, pick }: Props) {
  const { t } = useWords();
  const [stop, setStop] = useState(chosen.to);
  const [left, setLeft] = useState(() => addMonths(monthOf(chosen.to), -1));
  const box = useRef<HTMLFieldSetElement>(null);
  const isMoving = useRef(false);
  const helpId = useId();
  const months = [prepareMonth(left), prepareMonth(addMonths(left, 1))];
  const lastShown = addDays(addMonths(left, 2), -1);

  // A day that was typed, or reached by a key, is in sight.
  const show = (day: string) => {
    setStop(day);
    if (day < left) setLeft(monthOf(day));
    else if (day >= addMonths(left, 2)) setLeft(addMonths(monthOf(day), -1));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other days are brought into sight, not other months
  useEffect(() => show(within(chosen.to, days)), [chosen.from, chosen.to]);
  useEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    box.current?.querySelector<HTMLButtonElement>(`[data-day="${stop}"]`)?.focus();
  });

  const turn = (count: number) => {
    const next = addMonths(left, count);
    setLeft(next);
    const [from, to] = [next, addDays(addMonths(next, 2), -1)];
    setStop(within(within(stop, { from, to }), days));
  };
  const move = (event: KeyboardEvent) => {
    const target = dayAfterKey(event.key, stop, event.shiftKey);
    if (target === undefined || !(event.target instanceof HTMLElement) || event.target.dataset.day === undefined)
      return;
    event.preventDefault();
    isMoving.current = true;
    show(within(target, days));
  };
  return (
    <fieldset className="calendar" ref={box} onKeyDown={move}>
      <legend className="visually-hidden">{t("choices.freeDays")}</legend>
      <p id={helpId} className="visually-hidden">
        {t("choices.gridHelp")}
      </p>
      <button
        type="button"
        className="button button-quiet calendar-turn calendar-earlier"
        aria-label={t("choices.earlier")}
        disabled={left <= days.from}
        onClick={() => turn(-1)}
      >
        <Icon name="chevron" />
      </button>
      <button
        type="button"
        className="button button-quiet calendar-turn calendar-later"
        aria-label={t("choices.later")}
        disabled={lastShown >= days.to}
        onClick={() => turn(1)}
      >
        <Icon name="chevron" />
      </button>
      {months.map((month) => (
        <Month key={month.first} {...{ month, chosen, days, helpId, pick }} stop={stop} />
      ))}
    </fieldset>
  );
}
