import type { PacingMonth } from "@touchline/server/contract";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { exportPacing, type PacingRow, preparePacingRow } from "../../charts/prepare/pacing-table.ts";
import { wordChannels, wordThreshold } from "../../charts/prepare/pacing-words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Explained } from "../../ui/Explained.tsx";
import { ExportMenu } from "../../ui/export/ExportMenu.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { FigureOrigin } from "../../ui/origin-context.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

const STATUS_ICONS = { "on-plan": "check", ahead: "up", behind: "down" } as const;

function Cells({ row }: { row: PacingRow }) {
  const { t } = useWords();
  return (
    <>
      <td>
        {row.statusWord !== "" && (
          <Explained
            className={`pacing-status pacing-${row.status ?? "none"}${row.isCertain ? "" : " is-uncertain"}`}
            why={row.statusWhy}
          >
            {row.status !== null && <Icon name={STATUS_ICONS[row.status]} />}
            {row.statusWord}
          </Explained>
        )}
        {row.silent !== null && (
          <Explained className="pacing-silent" why={t("pacing.silentWhy")}>
            {row.silent}
          </Explained>
        )}
      </td>
      <td className="numeric numeric-main">{row.spent}</td>
      <td className="numeric">{row.toDate}</td>
      <td className="numeric">{row.plan}</td>
      <td className="numeric">{row.rate}</td>
      <td className="numeric numeric-main">
        {row.forecast}
        {row.interval !== "" && <span className="cell-interval">{row.interval}</span>}
      </td>
      <td className="numeric">{row.land}</td>
    </>
  );
}

const COLUMNS = ["spent", "toDate", "plan", "rate", "forecast", "land"] as const;

/** Every channel of the month against its plan, to the total. */
export function PacingTable({ pacing, origin }: { pacing: PacingMonth; origin: FigureOrigin }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const title = t("pacing.tableTitle");
  return (
    <Card
      title={title}
      sentence={wordChannels(pacing, words)}
      origin={origin}
      actions={<ExportMenu title={title} origin={origin} table={() => exportPacing(pacing, words)} />}
    >
      {pacing.channels.length > 0 && (
        <ScrollRegion label={title}>
          <table className="data-table pacing-table">
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t("words.channel")}</th>
                <th scope="col">{t("pacing.column.status")}</th>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col" className="numeric">
                    {t(`pacing.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pacing.channels.map((line) => (
                <tr key={line.channel}>
                  <th scope="row">
                    <span className="channel-name">
                      <Swatch hue={hues.get(line.channel)} />
                      {line.channel}
                    </span>
                  </th>
                  <Cells row={preparePacingRow(line, line.channel, hues.get(line.channel), words)} />
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("words.total")}</th>
                <Cells row={preparePacingRow(pacing.total, t("words.total"), undefined, words)} />
              </tr>
            </tfoot>
          </table>
        </ScrollRegion>
      )}
      <p className="figure-caption">{t("pacing.footNote", { share: wordThreshold(words) })}</p>
    </Card>
  );
}
