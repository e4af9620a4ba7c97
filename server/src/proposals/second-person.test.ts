import { describe, expect, it } from "vitest";
import { Role } from "../contract/index.ts";
import { needsSecondPerson, whyNotApprove } from "./second-person.ts";

describe("a second person", () => {
  it.each([
    [1_000, null, null, false],
    [1_000, 1_000, null, false],
    [1_000.01, 1_000, null, true],
    [1_000, null, 999, true],
    [1_000, 500, 5_000, true],
    [1_000, 5_000, 500, true],
    [0, 1, 1, false],
  ])("for %d moved, where the threshold was %s and is %s: %s", (moved, whenProposed, now, isNeeded) => {
    expect(needsSecondPerson(moved, { whenProposed, now })).toBe(isNeeded);
  });
});

describe("who may approve", () => {
  const waiting = { state: "proposed", proposedBy: "ann", needsSecondPerson: false, expiresAt: null } as const;
  const large = { ...waiting, needsSecondPerson: true };
  const now = new Date("2026-11-23T06:00:00Z");
  const answers = (proposal: typeof waiting | typeof large, id: string) =>
    Object.fromEntries(Role.options.map((role) => [role, whyNotApprove(proposal, { id, role }, now)]));

  it("of a small plan: buyers and up, the proposer too", () => {
    const all = { viewer: "role", "media-buyer": null, finance: null, admin: null, owner: null };
    expect(answers(waiting, "ann")).toEqual(all);
    expect(answers(waiting, "ben")).toEqual(all);
  });

  it("of a large plan: finance and up, never the proposer, whatever they are", () => {
    const others = { viewer: "role", "media-buyer": "role", finance: null, admin: null, owner: null };
    expect(answers(large, "ben")).toEqual(others);
    expect(answers(large, "ann")).toEqual({ ...others, finance: "own", admin: "own", owner: "own" });
  });

  it("of a decided plan: nobody", () => {
    for (const state of ["approved", "rejected", "withdrawn"] as const)
      expect(whyNotApprove({ ...waiting, state }, { id: "ben", role: "owner" }, now)).toBe("decided");
  });

  it("of one whose time is over: nobody, from that moment on", () => {
    const at = (expiresAt: Date) => whyNotApprove({ ...waiting, expiresAt }, { id: "ben", role: "owner" }, now);
    expect(at(new Date(now.getTime() + 1))).toBeNull();
    expect([at(now), at(new Date(now.getTime() - 1))]).toEqual(["expired", "expired"]);
  });
});
