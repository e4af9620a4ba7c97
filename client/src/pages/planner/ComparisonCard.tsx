import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { prepareSideBySide, type SideBySide } from "../../charts/prepare/scenarios.ts";
import { tabulateScenarios } from "../../charts/prepare/tables/plan.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useComparison } from "./planner-queries.ts";

function SideTable({ side }: { side: SideBySide }) {
  const { t } = useWords();
  const idAt = (index: number) => side.columns[index]?.id ?? String(index);
  const nameAt = (index: number) => (side.columns[index]?.isNow ? "numeric side-now" : "numeric");
  return (
    <ScrollRegion label={t("scenarios.sideBySide")}>
      <table className="data-table side-table">
        <caption className="visually-hidden">{t("scenarios.sideBySide")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("words.channel")}</th>
            {side.columns.map(({ id, title }, index) => (
              <th key={id} scope="col" className={nameAt(index)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {side.rows.map(({ channel, hue, cells }) => (
            <tr key={channel}>
              <th scope="row">
                <span className="channel-name">
                  <Swatch hue={hue} />
                  {channel}
                </span>
              </th>
              {cells.map((cell, index) => (
                <td key={idAt(index)} className={nameAt(index)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
          <tr className="side-total">
            <th scope="row">{t("words.total")}</th>
            {side.totals.map((cell, index) => (
              <td key={idAt(index)} className={nameAt(index)}>
                {cell}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t("scenarios.expected")}</th>
            {side.expected.map(({ value, gain, interval }, index) => (
              <td key={idAt(index)} className={nameAt(index)}>
                {value}
                <span className="move-share">{gain}</span>
                {interval !== null && <span className="move-share">{interval}</span>}
              </td>
            ))}
          </tr>
          <tr className="side-binds">
            <th scope="row">{t("planner.binds")}</th>
            {side.binding.map((limits, index) => (
              <td key={idAt(index)} className={nameAt(index)}>
                {limits.map(({ name, price }) => (
                  <span key={name} className="side-limit" title={price}>
                    {name}
                  </span>
                ))}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Changes({ changes }: Pick<SideBySide, "changes">) {
  const { t } = useWords();
  return changes.map(({ id, title, texts }) => (
    <section key={id} className="side-changes">
      <h3>{title}</h3>
      {texts.length === 0 && <p className="hint">{t("scenarios.changedNothing")}</p>}
      <ul className="plain-list">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  ));
}

/** Saved plans beside each other, each beside the same limits on today's data. */
export function ComparisonCard({ ids }: { ids: readonly string[] }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const query = useComparison(ids);
  const side = query.data === undefined ? null : prepareSideBySide(query.data, hues, words);
  return (
    <Card
      title={t("scenarios.sideBySide")}
      sentence={side?.sentence}
      className={query.isPlaceholderData ? "side-card is-stale" : "side-card"}
      isBusy={query.isFetching}
      origin={{ title: t("scenarios.sideBySide"), figures: ["plan", "spend", "interval"] }}
      table={query.data === undefined ? undefined : () => tabulateScenarios(query.data, words)}
    >
      {query.isError && query.data === undefined && <FailurePanel error={query.error} retry={() => query.refetch()} />}
      {query.isPending && <div className="skeleton skeleton-limits" />}
      {side !== null && (
        <>
          <SideTable side={side} />
          <div className="side-changes-all">
            <Changes changes={side.changes} />
          </div>
        </>
      )}
    </Card>
  );
}
