import { type JourneySelection, StepLevel } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { hueColour } from "../../charts/channel-colours.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { POSITIONS, type PositionsTable, preparePositions } from "../../charts/prepare/journey-positions.ts";
import { tabulatePositions } from "../../charts/prepare/tables/journeys.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Segments } from "../../ui/Segments.tsx";
import { useJourneyPositions } from "./journey-queries.ts";

function Rows({ table }: { table: PositionsTable }) {
  return table.rows.map((row) => (
    <tr key={row.id}>
      <th scope="row">
        <span className="channel-name">
          <Swatch hue={row.hue} />
          {row.label}
        </span>
      </th>
      {row.cells.map((cell) => (
        <td key={cell.position} className="numeric">
          <span className="cell-main">{cell.conversions}</span>
          <Bar share={cell.bar} colour={hueColour(row.hue)} />
          <span className="cell-notes">
            <span className="cell-share">{cell.share}</span>
            <span>{cell.revenue}</span>
          </span>
        </td>
      ))}
      <td className="numeric">{row.ratio}</td>
    </tr>
  ));
}

/** What each channel does in journeys: opens, assists, closes, or stands alone. */
export function PositionsCard({ selection }: { selection: JourneySelection }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const [by, setBy] = useState<StepLevel>("channel");
  const query = useJourneyPositions(selection, by);
  const title = t("journeys.positionsTitle");
  if (query.data === undefined) {
    return (
      <Card title={title} isBusy={!query.isError}>
        {query.isError ? (
          <FailurePanel error={query.error} retry={() => query.refetch()} />
        ) : (
          <div className="skeleton skeleton-positions" />
        )}
      </Card>
    );
  }
  const table = preparePositions(query.data, hues, words);
  return (
    <Card
      title={title}
      {...(table.sentence === undefined ? {} : { sentence: table.sentence })}
      className={query.isPlaceholderData ? "is-stale" : ""}
      isBusy={query.isPlaceholderData}
      origin={{ title, figures: ["roles", "paths"], range: selection.range }}
      table={() => tabulatePositions(query.data, words)}
      actions={
        <Segments
          legend={t("journeys.level")}
          choices={StepLevel.options}
          chosen={by}
          choose={setBy}
          nameOf={(level) => t(`journeys.levels.${level}`)}
        />
      }
    >
      {table.sentence === undefined ? (
        <p className="card-empty">{t("chart.empty")}</p>
      ) : (
        <ScrollRegion label={title}>
          <table className="data-table models-table positions-table">
            <caption className="visually-hidden">{t("journeys.positionsCaption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t(table.isByCampaign ? "journeys.campaign" : "words.channel")}</th>
                {POSITIONS.map((position) => (
                  <th key={position} scope="col" className="numeric">
                    {t(`journeys.${position}`)}
                  </th>
                ))}
                <th scope="col" className="numeric">
                  {t("journeys.ratio")}
                </th>
              </tr>
            </thead>
            <tbody>
              <Rows table={table} />
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <p className="hint journeys-note">
        {table.leading} {t("journeys.definitions")}
      </p>
    </Card>
  );
}
