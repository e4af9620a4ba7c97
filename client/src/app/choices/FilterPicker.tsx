import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { usePopover } from "../../ui/use-popover.ts";
import { api } from "../api.ts";
import type { PageChoice } from "../pages.ts";
import type { WorkspaceView } from "../workspace-context.ts";
import { narrowingOf } from "./narrowing.ts";

/** Fetched with the first click. */
const FilterPanel = lazy(() => import("./FilterPanel.tsx"));

interface Props {
  view: WorkspaceView;
  /** What acts on the page. */
  choices: readonly PageChoice[];
}

/** What the figures of the page are narrowed to: conversions, customers, channels. */
export function FilterPicker({ view, choices }: Props) {
  const { t } = useWords();
  const { isOpen, panelId, box, button, toggle } = usePopover();
  const offered = useQuery(api.performance.choices.queryOptions(undefined, { enabled: isOpen }));
  const count = narrowingOf(view, choices).length;
  return (
    <div className="popover-box" ref={box}>
      <button
        type="button"
        ref={button}
        className="button"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={toggle}
      >
        <Icon name="filter" />
        <span>{count === 0 ? t("choices.filter") : t("choices.filterCount", { count })}</span>
      </button>
      {isOpen && (
        <div className="popover filter-popover" id={panelId}>
          <Suspense fallback={<div className="skeleton skeleton-table" />}>
            <FilterPanel {...{ view, choices }} answer={offered} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
