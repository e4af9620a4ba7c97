import { useRouterState } from "@tanstack/react-router";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { choicesOf } from "../pages.ts";
import { WorkspaceContext } from "../workspace-context.ts";
import { narrowingOf, tellNarrowing, tellWhole, WITHOUT_NARROWING } from "./narrowing.ts";
import { useChangeSearch } from "./use-change-search.ts";

/** Under the bar: what the page is narrowed to, each with a way to take it off, and which figures stay whole all the same. */
export function NarrowedBar() {
  const { t } = useTranslation();
  const change = useChangeSearch();
  const view = useContext(WorkspaceContext);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const narrowed = view === null ? [] : narrowingOf(view, choicesOf(path));
  if (view === null || narrowed.length === 0) return null;
  return (
    <section className="narrowed" aria-label={t("choices.narrowed")}>
      <span className="hint-word">{t("choices.narrowed")}</span>
      <ul className="chips">
        {narrowed.map((each) => {
          const text = tellNarrowing(each, view, t);
          return (
            <li key={each}>
              <button
                type="button"
                className="chip"
                aria-label={t("choices.remove", { text })}
                onClick={() => change({ [each]: undefined })}
              >
                <span>{text}</span>
                <Icon name="close" />
              </button>
            </li>
          );
        })}
      </ul>
      {narrowed.length > 1 && (
        <button type="button" className="link-button" onClick={() => change(WITHOUT_NARROWING)}>
          {t("choices.clearAll")}
        </button>
      )}
      <span className="hint">{tellWhole(narrowed, t)}</span>
    </section>
  );
}
