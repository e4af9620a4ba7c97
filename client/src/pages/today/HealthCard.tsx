import { Link } from "@tanstack/react-router";
import type { HealthLines } from "../../charts/prepare/today-health.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

/** How far the figures above can be trusted today. */
export function HealthCard({ lines }: { lines: HealthLines | null }) {
  const { t } = useWords();
  const title = t("today.healthTitle");
  if (lines === null) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-needs" />
      </Card>
    );
  }
  return (
    <Card
      title={title}
      sentence={lines.sentence}
      origin={{ title, figures: ["received"] }}
      actions={
        <>
          <Link to="/attribution/quality" search={true} className="button button-quiet">
            {t("today.modelLink")}
          </Link>
          <Link to="/data" search={true} className="button button-quiet">
            {t("today.healthLink")}
          </Link>
        </>
      }
    >
      <p className="today-run">{lines.run}</p>
      <ScrollRegion label={title}>
        <table className="data-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("today.source")}</th>
              <th scope="col" className="numeric">
                {t("today.newest")}
              </th>
              <th scope="col" className="numeric">
                {t("today.refused")}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.sources.map((source) => (
              <tr key={source.id}>
                <th scope="row">{source.name}</th>
                <td className="numeric">{source.newest}</td>
                <td className="numeric">{source.refused}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
