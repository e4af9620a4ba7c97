import type { Summary, Tile } from "../../charts/prepare/summary.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

const PLACES = ["revenue", "spend", "conversions", "roas"] as const;

function toneOf(tile: Tile): string {
  if (tile.change === null || tile.change.direction === "same" || tile.isGoodWhen === null) return "neutral";
  return tile.change.direction === tile.isGoodWhen ? "positive" : "negative";
}

function SummaryTile({ tile, comparedWith }: { tile: Tile; comparedWith: string | null }) {
  const { t } = useWords();
  return (
    <li className="tile">
      <p className="tile-label">{tile.label}</p>
      <p className="tile-value">{tile.value}</p>
      {tile.change === null ? (
        <p className="tile-change">{t("change.noPrevious")}</p>
      ) : (
        <p className="tile-change">
          <span className={`change change-${toneOf(tile)}`}>
            <Icon name={tile.change.direction} />
            {tile.change.text} {tile.change.word}
          </span>
          {comparedWith !== null && <span className="tile-versus">{comparedWith}</span>}
        </p>
      )}
    </li>
  );
}

export function SummaryTiles({ summary }: { summary: Summary | null }) {
  if (summary === null) {
    return (
      <ul className="tiles" aria-busy="true">
        {PLACES.map((place) => (
          <li key={place} className="tile skeleton skeleton-tile" />
        ))}
      </ul>
    );
  }
  return (
    <ul className="tiles">
      {summary.tiles.map((tile) => (
        <SummaryTile key={tile.id} tile={tile} comparedWith={summary.comparedWith} />
      ))}
    </ul>
  );
}
