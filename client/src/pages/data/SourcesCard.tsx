import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useFreshness } from "../../app/queries.ts";
import { DayStrip } from "../../charts/marks/DayStrip.tsx";
import { prepareSources, type SourceLine } from "../../charts/prepare/sources.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

function SourceRow({ line, days }: { line: SourceLine; days: number }) {
  return (
    <tr>
      <th scope="row">{line.source}</th>
      <td>{line.kind}</td>
      <td>
        <time dateTime={line.newestRowAt}>{line.newestRow}</time>
      </td>
      <td>{line.lastImport}</td>
      <td className="strip-cell">
        <DayStrip days={days} present={line.present} gaps={line.gaps} label={line.stripLabel} />
      </td>
      <td className={line.hasGaps ? "numeric numeric-main" : "numeric"}>{line.missingDays}</td>
      <td className="numeric">{line.rows}</td>
      <td className="numeric">{line.rowsOfLastDay}</td>
      <td className={line.hasRefused ? "numeric figure-refused" : "numeric"}>{line.refused}</td>
    </tr>
  );
}

/** A source and kind a row: when it was last heard of, and on which days it said something. */
export function SourcesCard() {
  const words = useWords();
  const { t } = words;
  const query = useFreshness();
  if (query.data === undefined) {
    return (
      <Card title={t("data.sourcesTitle")} isBusy={!query.isError}>
        {query.isError ? (
          <FailurePanel error={query.error} retry={() => query.refetch()} />
        ) : (
          <div className="skeleton skeleton-sources" />
        )}
      </Card>
    );
  }
  const sources = prepareSources(query.data, new Date(), words);
  if (sources.lines.length === 0) return <Card title={t("data.sourcesTitle")}>{t("data.sourcesNone")}</Card>;
  return (
    <Card
      title={t("data.sourcesTitle")}
      sentence={sources.sentence}
      origin={{ title: t("data.sourcesTitle"), figures: ["received"] }}
      table="shown"
    >
      <ScrollRegion label={t("data.sourcesTitle")}>
        <table className="data-table sources-table">
          <caption className="visually-hidden">{t("data.sourcesTitle")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("data.source")}</th>
              <th scope="col">{t("data.kind")}</th>
              <th scope="col">{t("data.newestRow")}</th>
              <th scope="col">{t("data.lastImport")}</th>
              <th scope="col">{sources.strip.label}</th>
              <th scope="col" className="numeric">
                {t("data.missing")}
              </th>
              <th scope="col" className="numeric">
                {t("data.rows")}
              </th>
              <th scope="col" className="numeric">
                {t("data.rowsOfDay")}
              </th>
              <th scope="col" className="numeric">
                {t("data.refused")}
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.lines.map((line) => (
              <SourceRow key={line.id} line={line} days={sources.strip.days} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="figure-caption">{t("data.stripCaption")}</p>
    </Card>
  );
}
