import type { ChannelsQuality } from "@touchline/server/contract";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { type FindingRow, prepareFindings } from "../../charts/prepare/quality-findings.ts";
import { tabulateFindings } from "../../charts/prepare/tables/quality.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

function Row({ row }: { row: FindingRow }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">
        <span className="channel-name">
          <Swatch hue={row.hue} />
          {row.channel}
        </span>
      </th>
      <td className="numeric">{row.touches}</td>
      <td className="numeric">
        <span className="cell-main">{row.caused}</span>
        <span className="test-name">{row.interval}</span>
      </td>
      <td className="numeric">{row.coverage}</td>
      <td className="marks-cell">
        {row.marks.length === 0 ? (
          <span className="unknown">{t("quality.noMark")}</span>
        ) : (
          row.marks.map(({ finding, tone, name, why }) => (
            <p key={finding} className={`quality-mark quality-mark-${tone}`}>
              <Icon name={tone} />
              <span>
                <strong>{name}.</strong> {why}
              </span>
            </p>
          ))
        )}
      </td>
    </tr>
  );
}

/** What stands against taking each channel's credit at its word. */
export function FindingsCard({ quality }: { quality: ChannelsQuality | undefined }) {
  const words = useWords();
  const { t } = words;
  const { hues, range } = useWorkspace();
  const title = t("quality.findingsTitle");
  if (quality === undefined) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  const table = prepareFindings(quality.channels, hues, words);
  return (
    <Card
      title={title}
      sentence={table.sentence}
      origin={{ title, figures: ["incrementalRevenue", "coverage", "interval"], range, model: "incremental" }}
      table={() => tabulateFindings(quality.channels, words)}
    >
      <ScrollRegion label={title}>
        <table className="data-table findings-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("words.channel")}</th>
              <th scope="col" className="numeric">
                {t("quality.touches")}
              </th>
              <th scope="col" className="numeric">
                {t("quality.caused")}
              </th>
              <th scope="col" className="numeric">
                {t("quality.coverage")}
              </th>
              <th scope="col">{t("quality.marks")}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <Row key={row.channel} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="hint quality-note">{t("quality.findingsHint")}</p>
    </Card>
  );
}
