import type { LedgerEntry, MonthSpan, PlanActualRow } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { moneyCell } from "../../charts/prepare/cells.ts";
import type { ChartTable } from "../../charts/prepare/chart-model.ts";
import type { Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { EntryForm } from "./EntryForm.tsx";
import { useLedger, usePlanActual, useRemoveEntry } from "./report-queries.ts";

const COLUMNS = ["planned", "spend", "difference", "committed", "invoiced"] as const;

/** The table as it is taken out of the page. */
function exportRows(rows: readonly PlanActualRow[], words: Words): ChartTable {
  const { t, format } = words;
  return {
    columns: [
      { label: t("reports.plan.month"), isNumeric: false },
      { label: t("reports.plan.channel"), isNumeric: false },
      ...COLUMNS.map((column) => ({ label: t(`reports.plan.${column}`), isNumeric: true })),
    ],
    rows: rows.map((row) => ({
      id: `${row.month} ${row.channel}`,
      cells: [format.month(row.month), row.channel, ...COLUMNS.map((column) => moneyCell(row[column], words, 2))],
    })),
  };
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const { t, format } = useWords();
  const remove = useRemoveEntry();
  const { id, kind, month, channel, amount, supplier, reference } = entry;
  const what = `${t(`reports.entry.${kind}`)}, ${channel}, ${format.month(month)}`;
  return (
    <li className="report-schedule">
      <div>
        <p>
          {what}: <strong>{format.money(amount, 2)}</strong>
        </p>
        <p className="hint">{[supplier, reference, entry.note].filter((text) => text !== "").join(" · ")}</p>
        <FailureLine error={remove.error} />
      </div>
      <ConfirmButton
        right="reports:change"
        question={t("reports.entry.removeQuestion")}
        sure={t("reports.entry.removeSure")}
        label={t("reports.entry.removeOf", { what })}
        isBusy={remove.isPending}
        act={() => remove.mutate({ id })}
      >
        {t("reports.entry.remove")}
      </ConfirmButton>
    </li>
  );
}

/** What was planned, spent, promised and billed, by month and channel, and the entries that say so. */
export function PlanActualCard() {
  const words = useWords();
  const { t, format } = words;
  const { range, hues } = useWorkspace();
  const span: MonthSpan = { from: range.from.slice(0, 7), to: range.to.slice(0, 7) };
  const query = usePlanActual(span);
  const entries = useLedger(span).data ?? [];
  const rows = query.data?.rows ?? [];
  const title = t("reports.plan.title");
  const amount = (value: string | null) => (value === null ? "–" : format.amount(value, 2));
  return (
    <Card
      title={title}
      sentence={t("reports.plan.sentence")}
      isBusy={query.isPlaceholderData}
      {...(rows.length === 0 ? {} : { table: () => exportRows(rows, words) })}
      origin={{ title, figures: ["spend", "plan"], range }}
    >
      <FailureLine error={query.error} />
      {rows.length > 0 && (
        <ScrollRegion label={title} className="table-scroll table-scroll-tall">
          <table className="data-table report-table">
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t("reports.plan.month")}</th>
                <th scope="col">{t("reports.plan.channel")}</th>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col" className="numeric">
                    {t(`reports.plan.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.month} ${row.channel}`}>
                  <td>{format.month(row.month)}</td>
                  <th scope="row">
                    <span className="channel-name">
                      <Swatch hue={hues.get(row.channel)} />
                      {row.channel}
                    </span>
                  </th>
                  {COLUMNS.map((column) => (
                    <td key={column} className="numeric">
                      {column === "difference" && row.difference !== null
                        ? format.amountChange(row.difference, 2)
                        : amount(row[column])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {entries.length > 0 && (
        <ul className="report-schedules">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      <details className="card-details">
        <summary>{t("reports.entry.new")}</summary>
        <EntryForm month={span.to} />
      </details>
    </Card>
  );
}
