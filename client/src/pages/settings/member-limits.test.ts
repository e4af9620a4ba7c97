import { Role, type Team } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { limitOf } from "./member-limits.ts";

type Member = Team["members"][number];

const member = (userId: string, role: Role): Member => ({
  ...{ userId, role, name: userId, email: `${userId}@example.com`, joinedAt: "2026-01-01T00:00:00Z" },
  ...{ lastSeenAt: null, hasSecondFactor: false },
});

describe("who can be changed or removed", () => {
  it("is never the last owner, whoever looks", () => {
    const team = [member("a", "owner"), member("b", "admin")];
    for (const role of Role.options) expect(limitOf(team[0]!, team, role)).toBe("last-owner");
  });

  it("is one of two owners for an owner, and neither of them for an admin", () => {
    const team = [member("a", "owner"), member("b", "owner")];
    expect(limitOf(team[0]!, team, "owner")).toBeNull();
    expect(limitOf(team[0]!, team, "admin")).toBe("above");
  });

  it("is nobody for who may not change members", () => {
    const team = [member("a", "owner"), member("b", "viewer")];
    for (const role of ["viewer", "media-buyer", "finance"] as const)
      expect(limitOf(team[1]!, team, role)).toBe("above");
    expect(limitOf(team[1]!, team, "admin")).toBeNull();
  });
});
