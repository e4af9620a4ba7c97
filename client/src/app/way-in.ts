import type { Me } from "@touchline/server/contract";
import { basepathOf, type Place, returnPath, signInAddress } from "./place.ts";

export type SignedIn = Extract<Me, { state: "signed-in" }>;
export type SignedOut = Extract<Me, { state: "signed-out" }>;
export type Membership = SignedIn["workspaces"][number];

/** The address as the browser has it, and the workspace that it showed last. */
export interface Visit {
  readonly place: Exclude<Place, { kind: "link" }>;
  readonly origin: string;
  readonly search: string;
  readonly hash: string;
  readonly lastWorkspace: string | null;
  /** Where somebody wanted to go before they were sent to the single sign-on, which leads back to the root. */
  readonly wanted: string | null;
}

/** What somebody sees at an address, or where they are sent. */
export type WayIn =
  | { readonly kind: "go"; readonly to: string }
  | { readonly kind: "sign-in"; readonly me: SignedOut }
  | { readonly kind: "inside"; readonly me: SignedIn; readonly membership: Membership }
  /** The workspace lets nobody in without a second factor. */
  | { readonly kind: "second-factor"; readonly me: SignedIn; readonly membership: Membership }
  | { readonly kind: "stranger"; readonly me: SignedIn; readonly asked: string }
  | { readonly kind: "homeless"; readonly me: SignedIn };

function chooseWorkspace(me: SignedIn, last: string | null): Membership | undefined {
  return me.workspaces.find(({ id }) => id === last) ?? me.workspaces[0];
}

function wayOut(me: SignedOut, { place, search, hash }: Visit): WayIn {
  if (place.kind === "sign-in") return { kind: "sign-in", me };
  const wanted = place.kind === "workspace" ? `${basepathOf(place.id)}${place.path}` : place.path;
  return { kind: "go", to: signInAddress(`${wanted}${search}${hash}`) };
}

/** Decides from who is looking and at which address. */
export function findWayIn(me: Me, visit: Visit): WayIn {
  const { place, origin, search, hash, lastWorkspace, wanted } = visit;
  if (me.state === "signed-out") return wayOut(me, visit);
  if (place.kind === "sign-in") {
    return { kind: "go", to: returnPath(new URLSearchParams(search).get("to"), origin) ?? "/" };
  }
  const before = place.kind === "unprefixed" && place.path === "/" ? returnPath(wanted, origin) : null;
  if (before !== null && before !== "/") return { kind: "go", to: before };
  const chosen = chooseWorkspace(me, lastWorkspace);
  if (chosen === undefined) return { kind: "homeless", me };
  if (place.kind === "unprefixed") return { kind: "go", to: `${basepathOf(chosen.id)}${place.path}${search}${hash}` };
  const membership = me.workspaces.find(({ id }) => id === place.id);
  if (membership === undefined) return { kind: "stranger", me, asked: place.id };
  return { kind: membership.needsSecondFactor ? "second-factor" : "inside", me, membership };
}
