import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { hueColour } from "../../charts/channel-colours.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { prepareSuggestions, type SuggestedRow } from "../../charts/prepare/experiments-suggested.ts";
import { tabulateSuggestions } from "../../charts/prepare/tables/experiments.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useTestSuggestions } from "./experiment-queries.ts";

function Row({ row }: { row: SuggestedRow }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">
        <span className="channel-name">
          <Swatch hue={row.hue} />
          {row.channel}
        </span>
        {row.isHeld && <span className="test-name">{t("experiments.held")}</span>}
      </th>
      <td className="numeric numeric-main">{row.value}</td>
      <td className="bars-cell">
        <Bar share={row.bar} colour={hueColour(row.hue)} />
      </td>
      <td className="numeric">{row.spend}</td>
      <td className="numeric">{row.mean}</td>
      <td className="numeric">{row.reference}</td>
    </tr>
  );
}

/** Where a test is worth most money. */
export function SuggestCard({ isWanted }: { isWanted: boolean }) {
  const words = useWords();
  const { t, format } = words;
  const { hues } = useWorkspace();
  const query = useTestSuggestions(isWanted);
  const title = t("experiments.suggestTitle");
  if (query.data === undefined) {
    return (
      <Card title={title} isBusy={!query.isError}>
        {query.isError ? (
          <FailurePanel error={query.error} retry={() => query.refetch()} />
        ) : (
          <div className="skeleton skeleton-table" />
        )}
      </Card>
    );
  }
  const answer = query.data;
  const suggested = prepareSuggestions(query.data, hues, words);
  const money = <span className="head-unit">{format.currencySymbol}</span>;
  return (
    <Card
      title={title}
      sentence={suggested.sentence}
      origin={{ title, figures: ["testValue", "iroas"], model: "incremental" }}
      table={suggested.rows.length === 0 ? undefined : () => tabulateSuggestions(answer, words)}
    >
      {suggested.rows.length > 0 && (
        <>
          <ScrollRegion label={title}>
            <table className="data-table suggest-table">
              <caption className="visually-hidden">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("words.channel")}</th>
                  <th scope="col" className="numeric">
                    {t("experiments.worth")} {money}
                  </th>
                  <th scope="col" className="bars-head" aria-label={t("experiments.worth")} />
                  <th scope="col" className="numeric">
                    {t("experiments.spendWeek")} {money}
                  </th>
                  <th scope="col" className="numeric">
                    {t("experiments.return")}
                  </th>
                  <th scope="col" className="numeric">
                    {t("experiments.returnOthers")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {suggested.rows.map((row) => (
                  <Row key={row.channel} row={row} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
          <p className="hint">{suggested.why}</p>
        </>
      )}
    </Card>
  );
}
