import {
  type Plan,
  ProposalOrigin,
  type RebalancingCheck,
  type RebalancingRunState,
  type RebalancingStepRecord,
  type RunEnding,
} from "../../contract/index.ts";

interface EndedRun {
  readonly state: RebalancingRunState;
  readonly steps: readonly RebalancingStepRecord[];
  readonly checks: readonly RebalancingCheck[];
  readonly plan: Plan | null;
  readonly cancelledBy: string | null;
}

/** Why today's split stays: the first rule that held the whole plan, what the planner says of it, or nothing in particular. */
export function whyNothing({ warnings }: Pick<Plan, "warnings">, checks: readonly RebalancingCheck[]): RunEnding {
  const check = checks.find(({ channel, outcome }) => channel === null && outcome !== "passed");
  if (check !== undefined) return { code: "check", check };
  const [warning] = warnings;
  return warning === undefined ? { code: "none-better" } : { code: "warning", warning };
}

/** Reads from what a run wrote down what ended it; null while it is under way. */
export function endingOf({ state, steps, checks, plan, cancelledBy }: EndedRun): RunEnding | null {
  switch (state) {
    case "underway":
      return null;
    case "proposed":
      return { code: "waits" };
    case "applied":
      return { code: "approved" };
    case "nothing":
      return standingOf(steps) ?? whyNothing(plan ?? { warnings: [] }, checks);
    case "blocked": {
      const check = checks.find(({ outcome }) => outcome === "blocked");
      return check === undefined ? { code: "impossible" } : { code: "check", check };
    }
    case "cancelled":
      return { code: "cancelled", by: cancelledBy ?? "" };
    case "failed": {
      const failed = steps.find((each) => each.state === "failed");
      return failed === undefined ? { code: "left" } : { code: "failed", step: failed.step };
    }
  }
}

/** The approved plan that this one repeats. One that moves nothing repeats nothing that anybody would have to do. */
function standingOf(steps: readonly RebalancingStepRecord[]): RunEnding | null {
  const { isSame, movedPerWeek, standing, standingOrigin, standingSince } =
    steps.find(({ step }) => step === "compare")?.facts ?? {};
  if (isSame !== true || movedPerWeek === 0 || typeof standing !== "string") return null;
  const origin = ProposalOrigin.safeParse(standingOrigin).data ?? null;
  return { code: "standing", name: standing, origin, since: typeof standingSince === "string" ? standingSince : null };
}
