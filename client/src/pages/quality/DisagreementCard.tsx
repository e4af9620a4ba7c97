import { type DateRange, MODEL_NAMES, ModelName } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { GapBar } from "../../charts/marks/GapBar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { type GapTable, prepareDisagreement } from "../../charts/prepare/quality-disagreement.ts";
import { tabulateDisagreement } from "../../charts/prepare/tables/quality.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useDisagreement } from "./quality-queries.ts";

interface PickerProps {
  label: string;
  model: ModelName;
  choose: (model: ModelName) => void;
}

function Picker({ label, model, choose }: PickerProps) {
  const { t } = useWords();
  return (
    <label className="picker">
      <span className="picker-label">{label}</span>
      <select value={model} onChange={(event) => choose(ModelName.parse(event.target.value))}>
        {MODEL_NAMES.map((name) => (
          <option key={name} value={name}>
            {t(`models.${name}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Gaps({ table, title }: { table: GapTable; title: string }) {
  const { t, format } = useWords();
  return (
    <ScrollRegion label={title}>
      <table className="data-table gaps-table">
        <caption className="visually-hidden">
          {t("words.titled", { title: t("words.creditedRevenue"), text: `${table.a}, ${table.b}` })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("words.channel")}</th>
            <th scope="col" className="numeric">
              {table.a} <span className="head-unit">{format.currencySymbol}</span>
            </th>
            <th scope="col" className="numeric">
              {table.b} <span className="head-unit">{format.currencySymbol}</span>
            </th>
            <th scope="col" className="numeric gap-cell">
              {t("quality.difference")}
            </th>
            <th scope="col" className="numeric">
              {t("words.spend")} <span className="head-unit">{format.currencySymbol}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.id} className={row.isChannel ? undefined : "row-no-touch"}>
              <th scope="row">
                <span className="channel-name">
                  <Swatch hue={row.hue} />
                  {row.label}
                </span>
              </th>
              <td className="numeric">{row.a}</td>
              <td className="numeric">{row.b}</td>
              <td className="numeric gap-cell">
                <span className="cell-main numeric-main">{row.difference}</span>
                <GapBar share={row.bar} />
              </td>
              <td className="numeric">{row.spend}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("words.total")}</th>
            <td className="numeric">{table.total}</td>
            <td className="numeric">{table.total}</td>
            <td className="numeric gap-cell" />
            <td />
          </tr>
        </tfoot>
      </table>
    </ScrollRegion>
  );
}

/** Any two models against each other, in money. */
export function DisagreementCard({ range }: { range: DateRange }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const [a, chooseA] = useState<ModelName>("incremental");
  const [b, chooseB] = useState<ModelName>("last");
  const query = useDisagreement(range, a, b);
  const title = t("quality.disagreeTitle");
  const table = query.data === undefined ? null : prepareDisagreement(query.data, hues, words);
  const isBusy = query.isPlaceholderData || (table === null && !query.isError);
  return (
    <Card
      title={title}
      {...(table === null ? {} : { sentence: table.sentence })}
      className={query.isPlaceholderData ? "is-stale" : ""}
      isBusy={isBusy}
      origin={{ title, figures: ["disagreement", "creditedRevenue", "spend"], range }}
      table={query.data === undefined ? undefined : () => tabulateDisagreement(query.data, words)}
      actions={
        <>
          <Picker label={t("quality.first")} model={a} choose={chooseA} />
          <Picker label={t("quality.second")} model={b} choose={chooseB} />
        </>
      }
    >
      {query.isError && <FailurePanel error={query.error} retry={() => query.refetch()} />}
      {table === null ? (
        !query.isError && <div className="skeleton skeleton-table" />
      ) : (
        <Gaps table={table} title={title} />
      )}
    </Card>
  );
}
