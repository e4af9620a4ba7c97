import type { DateRange } from "@touchline/server/contract";
import { lazy, Suspense } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { Icon } from "../ui/Icon.tsx";
import { usePopover } from "../ui/use-popover.ts";
import type { WorkspaceView } from "./workspace-context.ts";

/** Fetched with the first click. */
const RangePanel = lazy(() => import("./choices/RangePanel.tsx"));

/** The compared days, with their year only where it is another one. */
function useComparedDays({ range, compared }: WorkspaceView): string | null {
  const { t, format } = useWords();
  if (compared === null) return null;
  const years = new Set([range.from, range.to, compared.from, compared.to].map((day) => day.slice(0, 4)));
  const print = ({ from, to }: DateRange) => (years.size === 1 ? format.dayRange(from, to) : format.range(from, to));
  return t("choices.versus", { days: print(compared) });
}

/**
 * The days of the page and those that they are compared with, kept in its address. Closes on Escape, on a click elsewhere and once
 * days are chosen.
 */
export function RangePicker({ view, isCompared }: { view: WorkspaceView; isCompared: boolean }) {
  const { t, format } = useWords();
  const versus = useComparedDays(view);
  const { isOpen, panelId, box, button, toggle, close } = usePopover();
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
        <span>{format.range(view.range.from, view.range.to)}</span>
        {isCompared && versus !== null && <span className="range-versus"> {versus}</span>}
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div className="popover range-popover" id={panelId}>
          <Suspense fallback={<div className="skeleton range-skeleton" />}>
            <RangePanel view={view} isCompared={isCompared} close={close} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
