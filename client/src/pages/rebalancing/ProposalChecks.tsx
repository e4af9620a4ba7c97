import { ChecksCard } from "./ChecksCard.tsx";
import { useRun } from "./rebalancing-queries.ts";

/** The guard-rails that the run of a proposal passed. */
export function ProposalChecks({ run }: { run: string }) {
  const { data } = useRun(run);
  return data === undefined ? null : <ChecksCard checks={data.checks} />;
}
