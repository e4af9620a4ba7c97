import { useNavigate } from "@tanstack/react-router";
import { useWorkspace } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { isFiltered, type JourneysSearch, parseJourneysSearch, TOUCH_CHOICES } from "./filters.ts";

/** Which journeys the whole page is about. The choice lives in the address, so that a bookmark and the back button keep it. */
export function FiltersBar({ search }: { search: JourneysSearch }) {
  const { t, format } = useWords();
  const { status } = useWorkspace();
  const navigate = useNavigate({ from: "/journeys" });
  const change = (next: Record<string, unknown>) =>
    navigate({
      search: ({ from, to, model }) => ({
        ...(from === undefined || to === undefined ? {} : { from, to }),
        ...(model === undefined ? {} : { model }),
        ...parseJourneysSearch(next),
      }),
      replace: true,
      resetScroll: false,
    });
  const touches = search.touches ?? 1;
  // An address may name a number that is not among the usual ones.
  const choices = [...new Set([...TOUCH_CHOICES, touches])].sort((a, b) => a - b);
  return (
    <search className="journeys-filters" aria-label={t("journeys.filters")}>
      <label className="picker">
        <span className="picker-label">{t("journeys.channel")}</span>
        <select value={search.through ?? ""} onChange={(event) => change({ ...search, through: event.target.value })}>
          <option value="">{t("journeys.allChannels")}</option>
          {status.channels.map((channel) => (
            <option key={channel} value={channel}>
              {channel}
            </option>
          ))}
        </select>
      </label>
      <label className="picker">
        <span className="picker-label">{t("journeys.touches")}</span>
        <select value={touches} onChange={(event) => change({ ...search, touches: Number(event.target.value) })}>
          {choices.map((count) => (
            <option key={count} value={count}>
              {count === 1 ? t("journeys.anyTouches") : t("journeys.touchesFrom", { touches: format.count(count) })}
            </option>
          ))}
        </select>
      </label>
      <label className="toggle">
        <input
          type="checkbox"
          checked={search.converted ?? false}
          onChange={(event) => change({ ...search, converted: event.target.checked })}
        />
        <span>{t("journeys.convertedOnly")}</span>
      </label>
      {isFiltered(search) && (
        <button type="button" className="link-button" onClick={() => change({})}>
          {t("journeys.reset")}
        </button>
      )}
    </search>
  );
}
