import { describe, expect, it } from "vitest";
import { basepathOf, placeOf, returnPath, signInAddress, workspaceOf } from "./place.ts";

const ORIGIN = "https://touchline.example";

describe("what an address stands for", () => {
  it("is a workspace and a page of it", () => {
    expect(placeOf("/w/shop/planner")).toEqual({ kind: "workspace", id: "shop", path: "/planner" });
    expect(placeOf("/w/shop")).toEqual({ kind: "workspace", id: "shop", path: "/" });
    expect(workspaceOf(`${basepathOf("a_b-1")}/settings/team`)).toBe("a_b-1");
  });

  it("is no workspace where its name could not be one", () => {
    for (const pathname of ["/w", "/w/", "/w/Shop/planner", "/w/../data", "/w/%2e%2e/data"]) {
      expect([pathname, placeOf(pathname)]).toEqual([pathname, { kind: "unprefixed", path: "/" }]);
    }
  });

  it("is the same page as ever where it is from before workspaces had addresses", () => {
    expect(placeOf("/planner")).toEqual({ kind: "unprefixed", path: "/planner" });
    expect(placeOf("/")).toEqual({ kind: "unprefixed", path: "/" });
    expect(placeOf("/sign-in").kind).toBe("sign-in");
    expect(placeOf("/link").kind).toBe("link");
  });
});

describe("where somebody goes after signing in", () => {
  it("is where they wanted to go, with its days and its filters", () => {
    for (const wanted of [
      "/w/shop/planner?budget=1000#plan",
      "/",
      "/planner",
      "/w/shop/?from=2026-01-01&to=2026-02-01",
    ]) {
      expect(returnPath(wanted, ORIGIN)).toBe(wanted);
      const { searchParams } = new URL(signInAddress(wanted), ORIGIN);
      expect(returnPath(searchParams.get("to") ?? "/", ORIGIN)).toBe(wanted);
    }
  });

  it("is never somebody else's page", () => {
    const foreign = [
      "https://evil.example/",
      "//evil.example/w/shop",
      "/\\evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "/\n/evil.example",
      "/.//evil.example",
      "/w/..//evil.example",
      "///evil.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "evil.example",
      "@evil.example",
      "",
    ];
    for (const asked of foreign) {
      const path = returnPath(asked, ORIGIN);
      if (path === null) continue;
      expect([asked, new URL(path, ORIGIN).origin]).toEqual([asked, ORIGIN]);
      expect([asked, path.startsWith("//") || path.startsWith("/\\")]).toEqual([asked, false]);
    }
    for (const asked of foreign.slice(0, 9)) expect([asked, returnPath(asked, ORIGIN)]).toEqual([asked, null]);
  });

  it("is never signing in again, nor a link", () => {
    for (const asked of ["/sign-in", "/sign-in?to=/w/shop/", "/link#token=abc"])
      expect(returnPath(asked, ORIGIN)).toBeNull();
    expect(returnPath(null, ORIGIN)).toBeNull();
  });
});
