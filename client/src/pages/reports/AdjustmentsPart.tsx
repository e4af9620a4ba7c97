import type { Adjustment } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

const COLUMNS = ["month", "countedIn", "channel", "kind", "amount", "rows"] as const;

/** What came after a month was closed, and where it counts. */
export function AdjustmentsPart({ adjustments }: { adjustments: readonly Adjustment[] }) {
  const { t, format } = useWords();
  const rows = adjustments.reduce((sum, each) => sum + each.rows, 0);
  const title = t("reports.adjustmentsTitle");
  if (adjustments.length === 0) {
    return (
      <>
        <h2 className="report-part">{title}</h2>
        <p className="hint">{t("reports.adjustmentsNone")}</p>
      </>
    );
  }
  return (
    <>
      <h2 className="report-part">{title}</h2>
      <p className="card-sentence">
        {rows === 1 ? t("reports.adjustmentsOne") : t("reports.adjustmentsSentence", { rows: format.count(rows) })}
      </p>
      <ScrollRegion label={title}>
        <table className="data-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={column === "amount" || column === "rows" ? "numeric" : undefined}
                >
                  {t(`reports.adjustment.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {adjustments.map((each) => (
              <tr key={`${each.month} ${each.countedIn} ${each.channel} ${each.kind}`}>
                <th scope="row">{format.month(each.month)}</th>
                <td>{format.month(each.countedIn)}</td>
                <td>{each.channel === "" ? t("reports.allChannels") : each.channel}</td>
                <td>{t(`reports.kind.${each.kind}`)}</td>
                <td className="numeric">
                  {each.kind === "conversions" ? format.count(each.amount) : format.amountChange(each.amount, 2)}
                </td>
                <td className="numeric">{format.count(each.rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}
