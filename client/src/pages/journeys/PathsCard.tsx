import { type JourneySelection, PATH_ORDERS, StepLevel } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { preparePaths } from "../../charts/prepare/journey-paths.ts";
import { tabulatePaths } from "../../charts/prepare/tables/journeys.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { Segments } from "../../ui/Segments.tsx";
import { type PathsShown, useJourneyPaths } from "./journey-queries.ts";
import { PathsTable } from "./PathsTable.tsx";

/** Of a path so many steps at most are shown; the contract's default. */
const MOST_STEPS = 8;

function Choices({ shown, show }: { shown: PathsShown; show: (shown: PathsShown) => void }) {
  const { t } = useWords();
  const orderName = {
    conversions: "words.conversions",
    revenue: "words.revenue",
    journeys: "journeys.journeys",
  } as const;
  return (
    <>
      <label className="toggle">
        <input
          type="checkbox"
          checked={shown.collapse}
          onChange={(event) => show({ ...shown, collapse: event.target.checked, page: 0 })}
        />
        <span>{t("journeys.merged")}</span>
      </label>
      <label className="picker">
        <span className="picker-label">{t("journeys.orderBy")}</span>
        <select
          value={shown.orderBy}
          onChange={(event) => {
            const orderBy = PATH_ORDERS.find((known) => known === event.target.value);
            if (orderBy !== undefined) show({ ...shown, orderBy, page: 0 });
          }}
        >
          {PATH_ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(orderName[order])}
            </option>
          ))}
        </select>
      </label>
      <Segments
        legend={t("journeys.level")}
        choices={StepLevel.options}
        chosen={shown.by}
        choose={(by) => show({ ...shown, by, page: 0 })}
        nameOf={(level) => t(`journeys.levels.${level}`)}
      />
    </>
  );
}

/** The paths that most journeys took, page by page, each page adding up to all of them. */
export function PathsCard({ selection }: { selection: JourneySelection }) {
  const words = useWords();
  const { t, format } = words;
  const { hues } = useWorkspace();
  const [shown, show] = useState<PathsShown>({ by: "channel", collapse: true, orderBy: "conversions", page: 0 });
  const query = useJourneyPaths(selection, shown);
  const choices = <Choices shown={shown} show={show} />;
  if (query.data === undefined) {
    return (
      <Card title={t("journeys.pathsTitle")} isBusy={!query.isError} actions={choices}>
        {query.isError ? (
          <FailurePanel error={query.error} retry={() => query.refetch()} />
        ) : (
          <div className="skeleton skeleton-table" />
        )}
      </Card>
    );
  }
  const table = preparePaths(query.data, hues, words);
  const isEmpty = query.data.total.journeys === 0;
  return (
    <Card
      title={t("journeys.pathsTitle")}
      {...(isEmpty ? {} : { sentence: table.sentence })}
      className={query.isPlaceholderData ? "is-stale" : ""}
      isBusy={query.isPlaceholderData}
      origin={{ title: t("journeys.pathsTitle"), figures: ["paths", "conversions", "revenue"], range: selection.range }}
      table={() => tabulatePaths(query.data, words)}
      actions={choices}
    >
      {isEmpty ? <p className="card-empty">{t("chart.empty")}</p> : <PathsTable table={table} />}
      <Pager
        page={query.data.page}
        pageSize={query.data.pageSize}
        total={query.data.paths}
        turn={(page) => show({ ...shown, page })}
        labels={{ before: t("journeys.before"), after: t("journeys.after") }}
      />
      {!isEmpty && table.addUp !== null && (
        <p className="reconciliation">
          <Icon name="check" />
          {table.addUp}
        </p>
      )}
      <p className="hint">
        {t("journeys.pathsCaption", { steps: format.count(MOST_STEPS) })}{" "}
        {shown.by === "campaign" && t("journeys.campaignCaption")}
      </p>
    </Card>
  );
}
