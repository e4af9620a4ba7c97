import { useQuery } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useReducer } from "react";
import { account } from "./api.ts";
import { chunk } from "./chunk.ts";
import { FailurePanel } from "./FailurePanel.tsx";
import { SelfContext } from "./me-context.ts";
import { Outside } from "./Outside.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";
import { basepathOf, placeOf } from "./place.ts";
import { forgetWanted, keepLastWorkspace, readLastWorkspace, readWanted } from "./preferences.ts";
import { createTouchlineRouter } from "./router.tsx";
import { findWayIn, type Membership, type SignedIn } from "./way-in.ts";

// Who is signed in and belongs to the workspace needs none of these.
const linkPage = chunk(() => import("../pages/LinkPage.tsx"), "entry");
const signInPage = chunk(() => import("../pages/SignInPage.tsx"), "entry");
const outside = chunk(() => import("./LockedOut.tsx"), "entry", "settings");
const LinkPage = lazy(async () => ({ default: (await linkPage()).LinkPage }));
const SignInPage = lazy(async () => ({ default: (await signInPage()).SignInPage }));
const HomelessPage = lazy(async () => ({ default: (await outside()).HomelessPage }));
const StrangerPage = lazy(async () => ({ default: (await outside()).StrangerPage }));
const SecondFactorFirstPage = lazy(async () => ({ default: (await outside()).SecondFactorFirstPage }));

/** Whoever was signed out elsewhere, or was given another role, is noticed when they come back to the window. */
const FRESH_MS = 30_000;

function Inside({ me, membership }: { me: SignedIn; membership: Membership }) {
  const { id } = membership;
  const router = useMemo(() => createTouchlineRouter(basepathOf(id)), [id]);
  const self = useMemo(() => ({ me, membership }), [me, membership]);
  useEffect(() => keepLastWorkspace(id), [id]);
  return (
    <SelfContext value={self}>
      <RouterProvider router={router} />
    </SelfContext>
  );
}

/** Sends the browser on. Whatever belongs to one person or workspace goes with the page that showed it: the next one is loaded anew. */
function Gone({ to, stay }: { to: string; stay: (() => void) | null }) {
  useEffect(() => {
    if (stay !== null) forgetWanted();
    if (stay === null) return window.location.replace(to);
    window.history.replaceState(null, "", to);
    stay();
  }, [to, stay]);
  return <Waiting />;
}

function Waiting() {
  return (
    <Outside>
      <PageSkeleton />
    </Outside>
  );
}

/** A browser may bring back a page as it stood: whoever has signed out since must not see it again. */
function useNothingBroughtBack(): void {
  useEffect(() => {
    const reload = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener("pageshow", reload);
    return () => window.removeEventListener("pageshow", reload);
  }, []);
}

/** Asks who is looking before anything else, and answers for every address. */
export function Entrance() {
  return (
    <Suspense fallback={<Waiting />}>
      <Hall />
    </Suspense>
  );
}

function Hall() {
  useNothingBroughtBack();
  const [, lookAgain] = useReducer((times: number) => times + 1, 0);
  const { pathname, search, hash, origin } = window.location;
  const place = placeOf(pathname);
  const who = useQuery(
    account.me.queryOptions(undefined, {
      refetchOnWindowFocus: true,
      staleTime: FRESH_MS,
      enabled: place.kind !== "link",
    }),
  );
  if (place.kind === "link") return <LinkPage />;
  if (who.data === undefined) {
    if (!who.isError) return <Waiting />;
    return (
      <Outside>
        <FailurePanel error={who.error} retry={() => who.refetch()} isPage />
      </Outside>
    );
  }
  const way = findWayIn(who.data, {
    place,
    origin,
    search,
    hash,
    lastWorkspace: readLastWorkspace(),
    wanted: readWanted(),
  });
  switch (way.kind) {
    case "go":
      // An address without a workspace has shown nothing yet: it is only completed.
      return (
        <Gone to={way.to} stay={place.kind === "unprefixed" && who.data.state === "signed-in" ? lookAgain : null} />
      );
    case "sign-in":
      return <SignInPage me={way.me} />;
    case "inside":
      return <Inside me={way.me} membership={way.membership} />;
    case "second-factor":
      return <SecondFactorFirstPage me={way.me} membership={way.membership} />;
    case "stranger":
      return <StrangerPage me={way.me} asked={way.asked} />;
    case "homeless":
      return <HomelessPage me={way.me} />;
  }
}
