import type { RoiReport } from "@touchline/server/contract";
import { useState } from "react";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import type { Change } from "../../charts/prepare/change.ts";
import { toneOf } from "../../charts/prepare/change.ts";
import { prepareReportTable, type ReportLine } from "../../charts/prepare/report.ts";
import { unitName } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Sentence } from "../../ui/Sentence.tsx";
import { ChangeMark } from "../performance/ChangeMark.tsx";

const FIRST_ROWS = 20;

function Delta({ change, good }: { change: Change | null; good: "up" | null }) {
  return <td className="numeric">{change !== null && <ChangeMark change={change} tone={toneOf(change, good)} />}</td>;
}

function Cells({ line, isCompared }: { line: ReportLine; isCompared: boolean }) {
  return (
    <>
      <td className="numeric">{line.spend}</td>
      {isCompared && <Delta change={line.spendChange} good={null} />}
      <td className="numeric">{line.attributed}</td>
      <td className="numeric">{line.roas}</td>
      <td className="numeric numeric-main">
        {line.incremental}
        {line.interval !== "" && <span className="cell-interval">{line.interval}</span>}
      </td>
      {isCompared && <Delta change={line.revenueChange} good="up" />}
      <td className="numeric numeric-main">{line.iroas}</td>
      <td className="numeric">{line.payback}</td>
      <td className="numeric">{line.budget}</td>
    </>
  );
}

/** Every row against the days before, to a total that is the sum of them all. */
export function RowsTable({ report }: { report: RoiReport }) {
  const words = useWords();
  const { t, format } = words;
  const { hues } = useWorkspace();
  const [isWhole, setWhole] = useState(false);
  const { lines, total, sentence } = prepareReportTable(report, words, unitName(words));
  const isCompared = report.before !== null && report.totalBefore !== null;
  const order = report.rows
    .map(({ figures }, index) => ({ index, spend: Number(figures.spend) }))
    .toSorted((a, b) => b.spend - a.spend)
    .slice(0, FIRST_ROWS);
  const most = new Set(order.map(({ index }) => index));
  const shown = isWhole || report.level === "month" ? lines : lines.filter((_, index) => most.has(index));
  const columns = [
    "spend",
    ...(isCompared ? (["spendChange"] as const) : []),
    "attributedRevenue",
    "roas",
    "incrementalRevenue",
    ...(isCompared ? (["revenueChange"] as const) : []),
    ...(["iroas", "paybackDays", "budget"] as const),
  ] as const;
  return (
    <>
      <h2 className="report-part">{t("reports.rowsTitle")}</h2>
      <p className="card-sentence">
        <Sentence text={sentence} />
      </p>
      <ScrollRegion label={t("reports.rowsTitle")}>
        <table className="data-table report-table">
          <caption className="visually-hidden">{t("reports.rowsTitle")}</caption>
          <thead>
            <tr>
              <th scope="col">{t(`reports.column.name.${report.level}`)}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className="numeric">
                  {t(`reports.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <span className="channel-name">
                    {report.level !== "month" && <Swatch hue={hues.get(line.channel ?? line.name)} />}
                    {line.name}
                  </span>
                  {line.channel !== null && <span className="cell-below">{line.channel}</span>}
                </th>
                <Cells line={line} isCompared={isCompared} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{total.name}</th>
              <Cells line={total} isCompared={isCompared} />
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
      {shown.length < lines.length && (
        <p className="hint">
          {t("reports.shownOf", { shown: format.count(shown.length), all: format.count(lines.length) })}{" "}
          <button type="button" className="link-button" onClick={() => setWhole(true)}>
            {t("reports.showAll")}
          </button>
        </p>
      )}
      {isCompared && report.before !== null && (
        <p className="figure-caption">
          {t("reports.changeOf", { range: format.range(report.before.from, report.before.to) })}
        </p>
      )}
    </>
  );
}
