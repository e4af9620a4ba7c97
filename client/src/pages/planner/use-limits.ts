import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { parsePageSearch } from "../../app/search.ts";
import { type Limits, limitsOf, searchOf } from "./limits.ts";
import { rememberLimits } from "./limits-memory.ts";
import { type PlannerView, viewSearch } from "./planner-search.ts";

/** Long enough that typing "12000" asks once or twice, short enough to feel immediate. */
const TYPING_PAUSE_MS = 90;

interface LimitsInUse {
  /** What the fields show, at once. */
  readonly draft: Limits;
  /** What the plan is asked for: the address's, a moment after the last key. */
  readonly asked: Limits;
  readonly isTyping: boolean;
  readonly view: PlannerView;
  change(limits: Limits): void;
  show(view: PlannerView): void;
}

/** Limits that ask for the same have the same key, in whatever order they were set. */
function keyOf(limits: Limits): string {
  return JSON.stringify(limitsOf(searchOf(limits)));
}

/** The limits live in the address, so that a reload, a bookmark and the back button keep them. */
export function useLimits(): LimitsInUse {
  const search = useSearch({ from: "/planner" });
  const navigate = useNavigate({ from: "/planner" });
  const askedKey = keyOf(limitsOf(search));
  const asked = useMemo(() => JSON.parse(askedKey) as Limits, [askedKey]);
  const [draft, setDraft] = useState(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Addresses on their way by our own doing. The fields are already there, or further: such an address must not take them back.
  const own = useRef(new Set<string>());
  const latestAsked = useRef(askedKey);

  // The address changed: by the back button it is what counts, unless somebody is still typing.
  useEffect(() => {
    rememberLimits(searchOf(asked));
    latestAsked.current = keyOf(asked);
    if (own.current.delete(latestAsked.current)) return;
    own.current.clear();
    if (timer.current === undefined) setDraft(asked);
  }, [asked]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const go = useCallback(
    (limits: Limits, next: PlannerView | null) =>
      navigate({
        search: ({ view, ...before }) => ({
          ...parsePageSearch(before),
          ...searchOf(limits),
          ...viewSearch(next ?? view),
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );

  const change = useCallback(
    (limits: Limits) => {
      setDraft(limits);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        timer.current = undefined;
        const key = keyOf(limits);
        if (key === latestAsked.current) return;
        own.current.add(key);
        void go(limits, null);
      }, TYPING_PAUSE_MS);
    },
    [go],
  );

  return {
    draft,
    asked,
    isTyping: keyOf(draft) !== askedKey,
    view: search.view ?? "budgets",
    change,
    show: (view) => void go(asked, view),
  };
}
