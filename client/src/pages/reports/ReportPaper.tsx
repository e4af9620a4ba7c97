import type { RoiReport } from "@touchline/server/contract";
import { MonthBars } from "../../charts/MonthBars.tsx";
import { exportReport, prepareReportHead, wordNotes } from "../../charts/prepare/report.ts";
import { prepareMonths } from "../../charts/prepare/report-months.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import type { FigureOrigin } from "../../ui/origin-context.ts";
import { AdjustmentsPart } from "./AdjustmentsPart.tsx";
import { BalancePart } from "./BalancePart.tsx";
import { RowsTable } from "./RowsTable.tsx";

interface Props {
  report: RoiReport;
  origin: FigureOrigin;
  isBusy: boolean;
}

/** The report as its files have it: figures, months, rows, what to keep in mind, and the reconciliation at the foot. */
export function ReportPaper({ report, origin, isBusy }: Props) {
  const words = useWords();
  const { t } = words;
  const head = prepareReportHead(report, words);
  const notes = wordNotes(report, words);
  const chart = report.months.length < 2 ? null : prepareMonths(report, words);
  return (
    <Card
      title={t("reports.paper")}
      sentence={head.status}
      className={isBusy ? "report-paper is-stale" : "report-paper"}
      isBusy={isBusy}
      origin={origin}
      table={() => exportReport(report, words)}
    >
      <p className="hint">{head.standsOn}</p>
      <ul className="tiles report-tiles">
        {head.tiles.map((tile) => (
          <li key={tile.id} className="tile">
            <p className="tile-label">{tile.label}</p>
            <p className="tile-value">{tile.value}</p>
            <p className="hint">{tile.below}</p>
          </li>
        ))}
      </ul>
      {chart !== null && (
        <figure className="figure">
          <h2 className="report-part">{t("reports.monthsTitle")}</h2>
          <MonthBars chart={chart} />
          <figcaption className="figure-caption">{chart.caption}</figcaption>
        </figure>
      )}
      <RowsTable report={report} />
      {notes.length > 0 && (
        <>
          <h2 className="report-part">{t("reports.notesTitle")}</h2>
          <ul className="report-notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
      <AdjustmentsPart adjustments={report.adjustments} />
      <BalancePart report={report} />
    </Card>
  );
}
