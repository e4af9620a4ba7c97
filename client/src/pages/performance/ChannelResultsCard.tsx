import type { ModelName, Overview } from "@touchline/server/contract";
import { useWorkspace } from "../../app/workspace-context.ts";
import { hueColour } from "../../charts/channel-colours.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { type ChannelResult, prepareChannelResults } from "../../charts/prepare/channel-results.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

function ResultRow({ row, noTouchWhy }: { row: ChannelResult; noTouchWhy?: string }) {
  const { t } = useWords();
  const isNoTouch = noTouchWhy !== undefined;
  const unknown = <span className="unknown">{t("words.none")}</span>;
  return (
    <tr className={isNoTouch ? "row-no-touch" : undefined}>
      <th scope="row">
        <span className="channel-name" title={noTouchWhy}>
          <Swatch hue={isNoTouch ? "none" : row.hue} />
          {row.label}
        </span>
      </th>
      <td className="bars-cell">
        <Bar share={row.revenueBar} colour={isNoTouch ? null : hueColour(row.hue)} />
        <Bar share={row.spendBar ?? 0} colour="var(--spend)" isFaint />
      </td>
      <td className="numeric">{row.spend ?? (isNoTouch ? "" : unknown)}</td>
      <td className="numeric numeric-main">{row.revenue}</td>
      <td className="numeric">{row.share}</td>
      <td className="numeric">
        {row.roas ?? (isNoTouch ? "" : unknown)}
        {row.roasInterval !== null && <span className="cell-interval">{row.roasInterval}</span>}
      </td>
      <td className="numeric">{row.conversions}</td>
    </tr>
  );
}

interface Props {
  overview: Overview | undefined;
  model: ModelName;
  isStale: boolean;
}

/** Spend and what it is credited with, to the total that was booked. */
export function ChannelResultsCard({ overview, model, isStale }: Props) {
  const words = useWords();
  const { t, format } = words;
  const { hues } = useWorkspace();
  if (overview === undefined) {
    return (
      <Card title={t("overview.channelsTitle")} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  const results = prepareChannelResults(overview, model, hues, words);
  const money = <span className="head-unit">{format.currencySymbol}</span>;
  return (
    <Card
      title={t("overview.channelsTitle")}
      sentence={results.sentence}
      className={isStale ? "is-stale" : ""}
      isBusy={isStale}
    >
      <ScrollRegion label={t("overview.channelsTitle")}>
        <table className="data-table results-table">
          <caption className="visually-hidden">{t("overview.channelsTitle")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("words.channel")}</th>
              <th scope="col" className="bars-head">
                <span className="legend-item">
                  <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
                    <rect width="16" height="8" rx="2" className="legend-revenue" />
                  </svg>
                  {t("overview.legendRevenue")}
                </span>
                <span className="legend-item">
                  <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
                    <rect y="2" width="16" height="4" rx="2" className="legend-spend" />
                  </svg>
                  {t("overview.legendSpend")}
                </span>
              </th>
              <th scope="col" className="numeric">
                {t("words.spend")} {money}
              </th>
              <th scope="col" className="numeric">
                {t("words.creditedRevenue")} {money}
              </th>
              <th scope="col" className="numeric">
                {t("words.share")}
              </th>
              <th scope="col" className="numeric">
                {t("words.roas")}
              </th>
              <th scope="col" className="numeric">
                {t("words.conversions")}
              </th>
            </tr>
          </thead>
          <tbody>
            {results.rows.map((row) => (
              <ResultRow key={row.id} row={row} />
            ))}
            <ResultRow
              row={results.noTouch}
              noTouchWhy={t(model === "incremental" ? "words.baselineWhy" : "words.noTouchShort")}
            />
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("words.total")}</th>
              <td className="bars-cell" />
              <td className="numeric">{results.total.spend}</td>
              <td className="numeric numeric-main">{results.total.revenue}</td>
              <td className="numeric">{results.total.share}</td>
              <td className="numeric">{results.total.roas ?? ""}</td>
              <td className="numeric">{results.total.conversions}</td>
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
      <p className={results.reconciles ? "reconciliation" : "reconciliation reconciliation-off"}>
        <Icon name={results.reconciles ? "check" : "warning"} />
        {results.reconciliation}
      </p>
      {results.intervalNote !== null && <p className="hint">{results.intervalNote}</p>}
      {results.hasUnknownSpend && <p className="hint">{t("overview.channelsSpendNote", { none: t("words.none") })}</p>}
    </Card>
  );
}
