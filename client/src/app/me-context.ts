import { createContext, useContext } from "react";
import type { Membership, SignedIn } from "./way-in.ts";

interface Self {
  readonly me: SignedIn;
  readonly membership: Membership;
}

export const SelfContext = createContext<Self | null>(null);

function useSelf(): Self {
  const self = useContext(SelfContext);
  if (self === null) throw new Error("useMe outside of a workspace");
  return self;
}

/** Who is looking at the page. */
export function useMe(): SignedIn {
  return useSelf().me;
}

/** What they are in the workspace of the page. */
export function useMembership(): Membership {
  return useSelf().membership;
}
