import { describe, expect, it } from "vitest";
import { placeOf } from "./place.ts";
import { findWayIn, type SignedIn, type SignedOut, type Visit } from "./way-in.ts";

const NOBODY: SignedOut = { state: "signed-out", sso: null, isNew: false };

const member = (...workspaces: SignedIn["workspaces"]): SignedIn => ({
  state: "signed-in",
  user: { id: "1", name: "Ada", email: "ada@example.com", hasPassword: true, hasSecondFactor: false },
  ...{ workspaces, mayCreateWorkspaces: false, isDemo: false },
});

const SHOP = { id: "shop", role: "viewer", needsSecondFactor: false } as const;
const OTHER = { id: "other", role: "owner", needsSecondFactor: true } as const;

function visit(address: string, more: Partial<Visit> = {}): Visit {
  const { pathname, search, hash, origin } = new URL(address, "https://touchline.example");
  const place = placeOf(pathname);
  if (place.kind === "link") throw new Error("a link is no place to decide about");
  return { place, origin, search, hash, lastWorkspace: null, wanted: null, ...more };
}

describe("somebody who is not signed in", () => {
  it("is sent to sign in, and the way back is kept", () => {
    expect(findWayIn(NOBODY, visit("/w/shop/planner?budget=5"))).toEqual({
      kind: "go",
      to: `/sign-in?to=${encodeURIComponent("/w/shop/planner?budget=5")}`,
    });
    expect(findWayIn(NOBODY, visit("/"))).toEqual({ kind: "go", to: "/sign-in" });
    expect(findWayIn(NOBODY, visit("/sign-in"))).toEqual({ kind: "sign-in", me: NOBODY });
  });
});

describe("a member", () => {
  it("sees the workspace of the address", () => {
    const me = member(SHOP, OTHER);
    expect(findWayIn(me, visit("/w/shop/"))).toEqual({ kind: "inside", me, membership: SHOP });
  });

  it("comes from an address without a workspace to the one seen last, or to the first", () => {
    const me = member(SHOP, OTHER);
    expect(findWayIn(me, visit("/data?x=1", { lastWorkspace: "other" }))).toEqual({
      kind: "go",
      to: "/w/other/data?x=1",
    });
    expect(findWayIn(me, visit("/", { lastWorkspace: "gone" }))).toEqual({ kind: "go", to: "/w/shop/" });
  });

  it("is told of a workspace that is not theirs, in the same words whether it is there or not", () => {
    const me = member(SHOP);
    expect(findWayIn(me, visit("/w/secret/"))).toEqual({ kind: "stranger", me, asked: "secret" });
  });

  it("is let in without a second factor only where the workspace does not ask for one", () => {
    expect(findWayIn(member(OTHER), visit("/w/other/")).kind).toBe("second-factor");
  });

  it("goes on from signing in to where they wanted, and nowhere else", () => {
    const me = member(SHOP);
    expect(findWayIn(me, visit("/sign-in?to=%2Fw%2Fshop%2Fdata"))).toEqual({ kind: "go", to: "/w/shop/data" });
    expect(findWayIn(me, visit("/sign-in?to=%2F%2Fevil.example"))).toEqual({ kind: "go", to: "/" });
  });

  it("goes on from the single sign-on, which leads back to the root", () => {
    const me = member(SHOP);
    expect(findWayIn(me, visit("/", { wanted: "/w/shop/data" }))).toEqual({ kind: "go", to: "/w/shop/data" });
    expect(findWayIn(me, visit("/", { wanted: "//evil.example" }))).toEqual({ kind: "go", to: "/w/shop/" });
    expect(findWayIn(me, visit("/", { wanted: "/" }))).toEqual({ kind: "go", to: "/w/shop/" });
  });

  it("of nothing yet learns whom to ask", () => {
    const me = member();
    expect(findWayIn(me, visit("/w/shop/"))).toEqual({ kind: "homeless", me });
    expect(findWayIn(me, visit("/"))).toEqual({ kind: "homeless", me });
  });
});
