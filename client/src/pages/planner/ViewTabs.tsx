import { useRef } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { PlannerView } from "./planner-search.ts";

interface Props {
  view: PlannerView;
  show(view: PlannerView): void;
  panelId: string;
}

/** What is shown below the plan. Arrow keys move between the tabs, as between those of any other page. */
export function ViewTabs({ view, show, panelId }: Props) {
  const { t } = useWords();
  const tabs = useRef(new Map<PlannerView, HTMLButtonElement>());
  const move = (by: number) => {
    const { options } = PlannerView;
    const next = options[(options.indexOf(view) + by + options.length) % options.length];
    if (next === undefined) return;
    show(next);
    tabs.current.get(next)?.focus();
  };
  return (
    <div className="view-tabs" role="tablist" aria-label={t("planner.views.label")}>
      {PlannerView.options.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${panelId}-${name}`}
          className="view-tab"
          aria-selected={name === view}
          aria-controls={panelId}
          tabIndex={name === view ? 0 : -1}
          ref={(element) => {
            if (element !== null) tabs.current.set(name, element);
          }}
          onClick={() => show(name)}
          onKeyDown={(event) => {
            if (event.key === "ArrowRight") move(1);
            if (event.key === "ArrowLeft") move(-1);
          }}
        >
          {t(`planner.views.${name}`)}
        </button>
      ))}
    </div>
  );
}
