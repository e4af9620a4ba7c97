import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { api } from "../app/api.ts";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { chartStateOf } from "../charts/chart-state.ts";
import { preparePortfolio } from "../charts/prepare/portfolio.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import { ExportMenu } from "../ui/export/ExportMenu.tsx";
import { PortfolioTable } from "./portfolio/PortfolioTable.tsx";

/** How soon rows that miss a part are asked for again. */
const AGAIN_MS = 3_000;

export function PortfolioPage() {
  const words = useWords();
  const { t, format } = words;
  const { range, compared } = useWorkspace();
  const { sort = "revenue", isTurned = false } = useSearch({ from: "/portfolio" });
  const query = useQuery(
    api.portfolio.overview.queryOptions(
      { range, compare: compared },
      {
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
          state.data?.rows.some((row) => row.state === "ready" && row.underway.length > 0) ? AGAIN_MS : false,
      },
    ),
  );
  usePageTitle(t("portfolio.title"));
  const state = chartStateOf(query);
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  const portfolio = query.data === undefined ? null : preparePortfolio(query.data, sort, isTurned, words);
  const title = t("portfolio.tableTitle");
  const origin = { title, figures: ["spend", "revenue", "roas", "iroas", "change"], range } as const;
  const note =
    compared === null
      ? t("portfolio.noteAlone")
      : t("portfolio.note", { range: format.range(compared.from, compared.to) });
  return (
    <div className="page-grid">
      <PageHead title={t("portfolio.title")} headline={portfolio?.headline ?? null} sub={portfolio?.sub ?? null} />
      <Card
        title={title}
        origin={origin}
        isBusy={portfolio === null || state.kind === "stale"}
        className={state.kind === "stale" ? "is-stale" : ""}
        actions={
          portfolio !== null && (
            <ExportMenu title={title} caption={note} origin={origin} table={() => portfolio.table} />
          )
        }
      >
        {portfolio === null ? (
          <div className="skeleton skeleton-table" />
        ) : (
          <PortfolioTable portfolio={portfolio} sort={sort} isTurned={isTurned} />
        )}
        <p className="figure-caption">{note}</p>
      </Card>
    </div>
  );
}
