import type { Plan } from "@touchline/server/contract";
import { useEffect, useMemo, useState } from "react";
import type { TriedSpend } from "../../charts/prepare/plan-moves.ts";
import type { Limits } from "./limits.ts";
import { useTrial } from "./planner-queries.ts";

/** One channel at another spend than the plan's. */
export interface Trial {
  readonly channel: string;
  readonly spend: number;
}

/** A bar that is dragged tells every pixel; the server is asked where it rests. */
const REST_MS = 80;

function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/** What is being tried: the bar follows at once, the other channels as soon as the answer is there. */
export function useTrialPlan(plan: Plan, limits: Limits) {
  const [trial, setTrial] = useState<Trial | null>(null);
  const rested = useRested(trial);
  const query = useTrial(limits, trial === null ? null : rested);
  const answer = trial !== null && query.data?.channel === trial.channel ? query.data.points[0] : undefined;
  const isPending = trial !== null && (query.isFetching || rested !== trial || query.isPlaceholderData);

  // Other limits make another plan: what was tried against the old one is gone.
  const limitsKey = JSON.stringify(limits);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the reason to run, not an input
  useEffect(() => setTrial(null), [limitsKey]);

  const tried = useMemo<TriedSpend | null>(() => {
    if (trial === null) return null;
    const others = answer?.best?.allocation.map(({ channel, spend }) => [channel, spend] as const) ?? [];
    return new Map([...others, [trial.channel, trial.spend]]);
  }, [trial, answer]);

  const known = trial === null || plan.allocation.some(({ channel }) => channel === trial.channel);
  return { trial: known ? trial : null, setTrial, tried: known ? tried : null, answer, isPending, query };
}
