import type { SavedView } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { addressOf, linkOf, pageOf, viewsByPage } from "./view-address.ts";

const view = (page: string, search = ""): SavedView => ({
  ...{ id: page, name: page, page, search, isShared: false },
  ...{ owner: { id: "ann", name: "Ann" }, savedAt: "2026-03-01T00:00:00Z" },
});

describe("the address of a view", () => {
  it("is its page with what follows the question mark, inside the workspace", () => {
    expect(addressOf(view("/performance", "days=last7"), "/w/shop")).toBe("/w/shop/performance?days=last7");
    expect(addressOf(view("/"), "/w/shop")).toBe("/w/shop/");
    expect(linkOf(view("/"), "https://touch.example", "/w/shop")).toBe("https://touch.example/w/shop/view//");
  });
});

describe("views", () => {
  it("stand under the page that they lead to, in the order of the navigation", () => {
    expect(pageOf("/attribution/quality")).toBe("attribution");
    expect(pageOf("/")).toBe("today");
    const groups = viewsByPage([view("/journeys"), view("/attribution/quality"), view("/"), view("/attribution")]);
    expect(groups.map(({ page, views }) => [page, views.length])).toEqual([
      ["today", 1],
      ["attribution", 2],
      ["journeys", 1],
    ]);
  });
});
