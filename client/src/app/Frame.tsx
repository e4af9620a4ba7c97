import { useQuery } from "@tanstack/react-query";
import { Outlet, useSearch } from "@tanstack/react-router";
import { DEFAULT_MODEL, type WorkspaceStatus } from "@touchline/server/contract";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { assignHues } from "../charts/channel-colours.ts";
import { api } from "./api.ts";
import { resolveRange } from "./date-range.ts";
import { FailurePanel } from "./FailurePanel.tsx";
import { Navigation } from "./Navigation.tsx";
import { NothingImported } from "./NothingImported.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";
import { TopBar } from "./TopBar.tsx";
import { WordsProvider } from "./words-context.tsx";
import { WorkspaceContext, type WorkspaceView } from "./workspace-context.ts";

/** Where nothing was imported yet there is no currency either; none is shown then. */
const CURRENCY_UNTIL_KNOWN = "EUR";

const EMPTY_CHECK_MS = 5_000;

/** An empty workspace is asked again, so that the page fills itself once the first rows are in. */
function untilImported({ state }: { state: { data?: WorkspaceStatus | undefined } }): number | false {
  return state.data?.days === null ? EMPTY_CHECK_MS : false;
}

function useWorkspaceView(status: WorkspaceStatus | undefined): WorkspaceView | null {
  const search = useSearch({ from: "__root__" });
  return useMemo(() => {
    if (status === undefined || status.days === null) return null;
    return {
      status,
      days: status.days,
      range: resolveRange(search, status.days),
      model: search.model ?? DEFAULT_MODEL,
      hues: assignHues(status.channels),
    };
  }, [status, search]);
}

/** Everything around a page. It answers for the workspace itself, so that a page may assume that there is one with data. */
export function Frame() {
  const { t } = useTranslation();
  const workspace = useQuery(
    api.workspace.status.queryOptions(undefined, { refetchOnWindowFocus: true, refetchInterval: untilImported }),
  );
  const view = useWorkspaceView(workspace.data);

  let page: ReactNode;
  if (view !== null) page = <Outlet />;
  else if (workspace.data !== undefined) page = <NothingImported />;
  else if (workspace.isError) {
    page = <FailurePanel error={workspace.error} retry={() => workspace.refetch()} isPage />;
  } else page = <PageSkeleton />;

  return (
    <WordsProvider currency={workspace.data?.currency ?? CURRENCY_UNTIL_KNOWN}>
      <WorkspaceContext value={view}>
        <div className="frame">
          <a className="skip-link" href="#page">
            {t("app.skip")}
          </a>
          <Navigation />
          <div className="frame-body">
            <TopBar status={workspace.data} view={view} />
            <main id="page" className="page" tabIndex={-1}>
              {page}
            </main>
          </div>
        </div>
      </WorkspaceContext>
    </WordsProvider>
  );
}
