import type { ModelComparison, ModelName } from "@touchline/server/contract";
import { TrustFlags } from "../../app/TrustFlags.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { hueColour } from "../../charts/channel-colours.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import type { Measure } from "../../charts/prepare/credit-measure.ts";
import { type ModelRow, type ModelTable, prepareModelTable } from "../../charts/prepare/model-table.ts";
import { tabulateModels } from "../../charts/prepare/tables/attribution.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

const ARROWS = { up: "▲", down: "▼", same: "" } as const;

function columnClass(model: ModelTable["models"][number]): string {
  return model.isChosen ? "numeric column-chosen" : "numeric";
}

interface RowProps {
  row: ModelRow;
  table: ModelTable;
  isNoTouch?: boolean;
  /** Absent where the row is no single channel. */
  showLag?: ((channel: string) => void) | undefined;
}

function CreditRow({ row, table, isNoTouch = false, showLag }: RowProps) {
  const { t } = useWords();
  return (
    <tr className={isNoTouch ? "row-no-touch" : undefined}>
      <th scope="row">
        <span className="channel-name">
          <Swatch hue={isNoTouch ? "none" : row.hue} />
          {showLag === undefined ? (
            row.label
          ) : (
            <button
              type="button"
              className="link-button channel-button"
              aria-haspopup="dialog"
              title={t("attribution.lagOf", { channel: row.label })}
              onClick={() => showLag(row.label)}
            >
              {row.label}
            </button>
          )}
        </span>
      </th>
      {table.models.map((model, index) => {
        const cell = row.cells[index];
        if (cell === undefined) return <td key={model.name} />;
        return (
          <td key={model.name} className={columnClass(model)}>
            <span className="cell-main">{cell.value}</span>
            <Bar share={cell.bar} colour={isNoTouch ? null : hueColour(row.hue)} />
            <span className="cell-notes">
              <span className="cell-share">{cell.share}</span>
              {cell.shift !== null && (
                <span className={`cell-shift cell-shift-${cell.direction}`}>
                  <span aria-hidden="true">{ARROWS[cell.direction]}</span> {cell.shift}
                </span>
              )}
            </span>
          </td>
        );
      })}
      {table.intervalLabel !== null && <td className="numeric interval-cell">{row.interval}</td>}
      {table.hasFlags && (
        <td className="flags-cell">
          <TrustFlags flags={row.flags} />
        </td>
      )}
    </tr>
  );
}

interface Props {
  comparison: ModelComparison | undefined;
  measure: Measure;
  model: ModelName;
  isStale: boolean;
  /** Channels that were not chosen stand together. */
  isNarrowed: boolean;
  showLag(channel: string): void;
}

/** Channel by model, down to what was booked. */
export function ModelTableCard({ comparison, measure, model, isStale, isNarrowed, showLag }: Props) {
  const words = useWords();
  const { t, format } = words;
  const { hues, range } = useWorkspace();
  const others = t("attribution.others");
  if (comparison === undefined) {
    return (
      <Card title={t("attribution.tableTitle")} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  const measured =
    measure === "revenue"
      ? `${t("words.creditedRevenue")}, ${t("words.currency", { symbol: format.currencySymbol })}`
      : t("words.conversions");
  const table = prepareModelTable(comparison, measure, model, hues, words, others);
  return (
    <Card
      title={t("words.titled", { title: t("attribution.tableTitle"), text: measured })}
      sentence={t("attribution.tableSentence")}
      className={isStale ? "is-stale" : ""}
      isBusy={isStale}
      origin={{
        title: t("attribution.tableTitle"),
        figures: [measure === "revenue" ? "creditedRevenue" : "creditedConversions", "baseline", "interval", "change"],
        ...{ range, model, run: comparison.models.find((credit) => credit.model === model)?.run ?? null },
      }}
      table={() => tabulateModels(comparison, measure, words, others)}
    >
      <ScrollRegion label={t("attribution.tableTitle")}>
        <table className="data-table models-table">
          <caption className="visually-hidden">{t("attribution.tableSentence")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("words.channel")}</th>
              {table.models.map((column) => (
                <th key={column.name} scope="col" className={columnClass(column)}>
                  {column.label}
                  {column.isReference && <span className="head-unit head-note">{t("attribution.reference")}</span>}
                </th>
              ))}
              {table.intervalLabel !== null && (
                <th scope="col" className="numeric">
                  {table.intervalLabel}
                </th>
              )}
              {table.hasFlags && <th scope="col">{t("attribution.marks")}</th>}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <CreditRow key={row.id} row={row} table={table} showLag={row.label === others ? undefined : showLag} />
            ))}
            <CreditRow row={table.noTouch} table={table} isNoTouch />
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("words.total")}</th>
              {table.models.map((column, index) => (
                <td key={column.name} className={columnClass(column)}>
                  {table.totals[index]}
                </td>
              ))}
              {table.intervalLabel !== null && <td />}
              {table.hasFlags && <td />}
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
      <p className={table.reconciles ? "reconciliation" : "reconciliation reconciliation-off"}>
        <Icon name={table.reconciles ? "check" : "warning"} />
        {table.reconciliation}
      </p>
      <p className="hint">
        {t("attribution.lagHint")} {isNarrowed && t("attribution.narrowed")}
      </p>
      <p className="hint">
        {t("words.titled", {
          title: t("words.noTouch"),
          text: t("words.noTouchWhy", { days: format.count(comparison.lookbackDays) }),
        })}
      </p>
      {comparison.models.some((credit) => credit.model === "incremental") && (
        <p className="hint">{t("words.titled", { title: t("words.baseline"), text: t("words.baselineWhy") })}</p>
      )}
      {table.intervalLabel !== null && measure === "revenue" && <p className="hint">{t("attribution.intervalWhy")}</p>}
    </Card>
  );
}
