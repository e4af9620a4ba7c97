import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useRouterState, useSearch } from "@tanstack/react-router";
import { DEFAULT_MODEL, type WorkspaceStatus } from "@touchline/server/contract";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { assignHues } from "../charts/channel-colours.ts";
import { WordsProvider } from "../i18n/words-context.tsx";
import { AnnotationDesk } from "./annotations/AnnotationDesk.tsx";
import { api } from "./api.ts";
import { NarrowedBar } from "./choices/NarrowedBar.tsx";
import { chunk } from "./chunk.ts";
import { comparedRange, DEFAULT_COMPARISON, resolveRange } from "./date-range.ts";
import { FailurePanel } from "./FailurePanel.tsx";
import { Navigation } from "./Navigation.tsx";
import { OriginProvider } from "./origin/OriginProvider.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";
import { CommandDesk } from "./palette/CommandDesk.tsx";
import { TopBar } from "./TopBar.tsx";
import { WorkspaceContext, type WorkspaceView } from "./workspace-context.ts";

const empty = chunk(() => import("./NothingImported.tsx"), "guide");
const NothingImported = lazy(async () => ({ default: (await empty()).NothingImported }));

/** Where nothing was imported yet there is no currency either; none is shown then. */
const CURRENCY_UNTIL_KNOWN = "EUR";

/** What can be looked at before anything was imported. */
const PAGES_WITHOUT_DATA = /^\/(account|settings|proposals|rebalancing|view|data\/(import|channels))(\/|$)/;

/** How often the workspace is asked whether an import has brought something new. */
const IMPORT_CHECK_MS = 5_000;

/** An import beside the open page shows on it: whatever stands on the data is asked again. */
function useImportsShown(lastImportAt: string | null | undefined): void {
  const queries = useQueryClient();
  const shown = useRef(lastImportAt);
  useEffect(() => {
    const isNew = shown.current !== undefined && lastImportAt !== undefined && shown.current !== lastImportAt;
    if (lastImportAt !== undefined) shown.current = lastImportAt;
    if (!isNew) return;
    void queries.invalidateQueries({ refetchType: "none" });
    // What has no answer yet goes on: begun again with every import, it would never have one while events come in.
    void queries.refetchQueries({ type: "active" });
  }, [lastImportAt, queries]);
}

function useWorkspaceView(status: WorkspaceStatus | undefined): WorkspaceView | null {
  const search = useSearch({ from: "__root__" });
  return useMemo(() => {
    if (status === undefined || status.days === null) return null;
    const range = resolveRange(search, status.days);
    const comparison = search.compare ?? DEFAULT_COMPARISON;
    const asked = comparedRange(range, comparison);
    const compared = asked !== null && asked.from >= status.days.from ? asked : null;
    const model = search.model ?? DEFAULT_MODEL;
    const conversions = { conversionTypes: search.types ?? [], customers: search.customers ?? "" } as const;
    return {
      ...{ status, days: status.days, range, comparison, compared, model, conversions },
      channels: search.channels ?? [],
      scope: { range, compare: compared, model, ...conversions },
      hues: assignHues(status.channels),
    };
  }, [status, search]);
}

/** Everything around a page. It answers for the workspace itself, so that a page may assume that there is one with data. */
export function Frame() {
  const { t } = useTranslation();
  const workspace = useQuery(
    api.workspace.status.queryOptions(undefined, { refetchOnWindowFocus: true, refetchInterval: IMPORT_CHECK_MS }),
  );
  useImportsShown(workspace.data?.lastImportAt);
  const view = useWorkspaceView(workspace.data);
  // Of the page that is drawn: the address is ahead of it while the next one is fetched.
  const path = useRouterState({ select: ({ matches, location }) => matches.at(-1)?.fullPath ?? location.pathname });

  let page: ReactNode;
  if (view !== null || PAGES_WITHOUT_DATA.test(path)) page = <Outlet />;
  // Where every row was refused there are no days yet, and the rows that were refused are what must be seen.
  else if (path === "/data" && (workspace.data?.rows.rejected ?? 0) > 0) page = <Outlet />;
  else if (workspace.data !== undefined) {
    page = (
      <Suspense fallback={<PageSkeleton />}>
        <NothingImported />
      </Suspense>
    );
  } else if (workspace.isError) {
    page = <FailurePanel error={workspace.error} retry={() => workspace.refetch()} isPage />;
  } else page = <PageSkeleton />;

  return (
    <WordsProvider currency={workspace.data?.currency ?? CURRENCY_UNTIL_KNOWN}>
      <WorkspaceContext value={view}>
        <OriginProvider>
          <AnnotationDesk>
            <CommandDesk view={view}>
              <div className="frame">
                <a className="skip-link" href="#page">
                  {t("app.skip")}
                </a>
                <Navigation />
                <div className="frame-body">
                  <TopBar status={workspace.data} view={view} />
                  <NarrowedBar />
                  <main id="page" className="page" tabIndex={-1}>
                    {page}
                  </main>
                </div>
              </div>
            </CommandDesk>
          </AnnotationDesk>
        </OriginProvider>
      </WorkspaceContext>
    </WordsProvider>
  );
}
