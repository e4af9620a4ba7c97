import { Fragment } from "react";
import { Bar } from "../../charts/marks/Bar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import type { PathCells, PathsTable as Table } from "../../charts/prepare/journey-paths.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

function PathSteps({ row }: { row: Table["rows"][number] }) {
  const { t } = useWords();
  return (
    <span className="path-steps">
      {row.isCut && (
        <span className="path-cut" title={t("journeys.cut")}>
          … <span className="path-arrow">›</span>
        </span>
      )}
      {row.steps.map((step, index) => (
        <Fragment key={step.id}>
          {index > 0 && <span className="path-arrow">›</span>}
          <span className="path-step">
            <Swatch hue={step.hue} />
            {step.label}
          </span>
        </Fragment>
      ))}
    </span>
  );
}

/** The figures of a row, in the order of the head. */
function Figures({ cells, isMixed }: { cells: PathCells; isMixed: boolean }) {
  return (
    <>
      <td className="numeric">{cells.share}</td>
      <td className="numeric">{cells.revenue}</td>
      {isMixed && (
        <>
          <td className="numeric">{cells.journeys}</td>
          <td className="numeric">{cells.rate}</td>
          <td className="numeric">{cells.unconverted}</td>
        </>
      )}
    </>
  );
}

/** Path by path, down to all journeys. */
export function PathsTable({ table }: { table: Table }) {
  const { t, format } = useWords();
  const { isMixed, others, total } = table;
  return (
    <ScrollRegion label={t("journeys.pathsTitle")}>
      <table className="data-table paths-table">
        <caption className="visually-hidden">{t("journeys.pathsTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("journeys.path")}</th>
            <th scope="col" className="numeric">
              {t("words.conversions")}
            </th>
            <td className="bars-cell" />
            <th scope="col" className="numeric">
              {t("words.share")}
            </th>
            <th scope="col" className="numeric">
              {t("words.revenue")}{" "}
              <span className="head-unit">{t("words.currency", { symbol: format.currencySymbol })}</span>
            </th>
            {isMixed && (
              <>
                <th scope="col" className="numeric">
                  {t("journeys.journeys")}
                </th>
                <th scope="col" className="numeric">
                  {t("journeys.rate")}
                </th>
                <th scope="col" className="numeric">
                  {t("journeys.unconverted")}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="path-cell">
                <PathSteps row={row} />
              </th>
              <td className="numeric numeric-main">{row.conversions}</td>
              <td className="bars-cell">
                <Bar share={row.bar} colour="var(--accent)" />
              </td>
              <Figures cells={row} isMixed={isMixed} />
            </tr>
          ))}
          {others !== null && (
            <tr className="row-no-touch">
              <th scope="row">{others.label}</th>
              <td className="numeric">{others.conversions}</td>
              <td className="bars-cell" />
              <Figures cells={others} isMixed={isMixed} />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("words.total")}</th>
            <td className="numeric">{total.conversions}</td>
            <td className="bars-cell" />
            <Figures cells={total} isMixed={isMixed} />
          </tr>
        </tfoot>
      </table>
    </ScrollRegion>
  );
}
