import { Sparkline } from "../../charts/marks/Sparkline.tsx";
import { toneOf } from "../../charts/prepare/change.ts";
import { type PerformanceSummary, type PerformanceTile, TILES } from "../../charts/prepare/performance-summary.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ChangeMark } from "./ChangeMark.tsx";

function Tile({ tile, isCompared }: { tile: PerformanceTile; isCompared: boolean }) {
  const { t } = useWords();
  return (
    <li className="tile kpi">
      <p className="tile-label">{tile.label}</p>
      <p className="tile-value">{tile.value}</p>
      <p className="tile-change">
        {tile.change === null ? (
          isCompared ? null : (
            t("change.noPrevious")
          )
        ) : (
          <ChangeMark change={tile.change} tone={toneOf(tile.change, tile.goodWhen)} hasWord />
        )}
      </p>
      {tile.interval !== null && <p className="kpi-interval">{tile.interval}</p>}
      <Sparkline values={tile.spark} />
    </li>
  );
}

/** Six figures, each with its change and its course. */
export function KpiTiles({ summary }: { summary: PerformanceSummary | null }) {
  const { t } = useWords();
  if (summary === null) {
    return (
      <ul className="tiles kpis" aria-busy="true">
        {TILES.map((place) => (
          <li key={place} className="tile skeleton skeleton-tile" />
        ))}
      </ul>
    );
  }
  return (
    <section aria-label={t("performance.tiles")}>
      <ul className="tiles kpis">
        {summary.tiles.map((tile) => (
          <Tile key={tile.id} tile={tile} isCompared={summary.comparedWith !== null} />
        ))}
      </ul>
      {summary.comparedWith !== null && <p className="hint kpi-versus">{summary.comparedWith}</p>}
    </section>
  );
}
