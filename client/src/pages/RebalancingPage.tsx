import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { PageSkeleton } from "../app/PageSkeleton.tsx";
import { Overview } from "./rebalancing/Overview.tsx";

/** Fetched when one is opened: most visits look at the overview. */
const ProposalView = lazy(async () => ({ default: (await import("./proposals/ProposalView.tsx")).ProposalView }));
const RunView = lazy(async () => ({ default: (await import("./rebalancing/RunView.tsx")).RunView }));

/** The weekly run: what it does, what waits, what became of it; or one plan or one run opened. */
export function RebalancingPage() {
  const { id, run } = useSearch({ from: "/rebalancing" });
  if (id === undefined && run === undefined) return <Overview />;
  return (
    <Suspense fallback={<PageSkeleton />}>
      {id !== undefined ? <ProposalView key={id} id={id} /> : <RunView key={run} id={run ?? ""} />}
    </Suspense>
  );
}
