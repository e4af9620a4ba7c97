import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Limits, limitsOf, searchOf } from "./limits.ts";
import { rememberLimits } from "./limits-memory.ts";

/** Long enough that typing "12000" asks once or twice, short enough to feel immediate. */
const TYPING_PAUSE_MS = 150;

interface LimitsInUse {
  /** What the fields show, at once. */
  readonly draft: Limits;
  /** What the plan is asked for: the address's, a moment after the last key. */
  readonly asked: Limits;
  readonly isTyping: boolean;
  change(limits: Limits): void;
}

/** The limits live in the address, so that a reload, a bookmark and the back button keep them. */
export function useLimits(): LimitsInUse {
  const { period, budget, exact, change: changeShare, bounds } = useSearch({ from: "/planner" });
  const navigate = useNavigate({ from: "/planner" });
  const asked = useMemo(
    () =>
      limitsOf({
        ...(period === undefined ? {} : { period }),
        ...(budget === undefined ? {} : { budget }),
        ...(exact === undefined ? {} : { exact }),
        ...(changeShare === undefined ? {} : { change: changeShare }),
        ...(bounds === undefined ? {} : { bounds }),
      }),
    [period, budget, exact, changeShare, bounds],
  );
  const askedKey = JSON.stringify(asked);
  const [draft, setDraft] = useState(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(asked);
  latest.current = asked;

  // The address changed, by the back button or by our own doing: it is what counts, unless somebody is still typing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the limits, which are new objects at every turn
  useEffect(() => {
    rememberLimits(searchOf(latest.current));
    if (timer.current === undefined) setDraft(latest.current);
  }, [askedKey]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const change = useCallback(
    (limits: Limits) => {
      setDraft(limits);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        timer.current = undefined;
        navigate({
          search: ({ from, to, model }) => ({
            ...(from === undefined || to === undefined ? {} : { from, to }),
            ...(model === undefined ? {} : { model }),
            ...searchOf(limits),
          }),
          replace: true,
          resetScroll: false,
        });
      }, TYPING_PAUSE_MS);
    },
    [navigate],
  );

  return { draft, asked, isTyping: JSON.stringify(draft) !== askedKey, change };
}
