import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { chunk } from "../app/chunk.ts";
import { PageSkeleton } from "../app/PageSkeleton.tsx";
import { Overview } from "./rebalancing/Overview.tsx";

/** Fetched when one is opened: most visits look at the overview. */
const proposalView = chunk(() => import("./proposals/ProposalView.tsx"), "review");
const runView = chunk(() => import("./rebalancing/RunView.tsx"), "review");
const ProposalView = lazy(async () => ({ default: (await proposalView()).ProposalView }));
const RunView = lazy(async () => ({ default: (await runView()).RunView }));

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
