import type { ChannelRules } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { assigned, moved } from "./rules.ts";

const RULES: ChannelRules = [
  { channel: "Email", all: [{ part: "medium", is: ["email"] }] },
  { channel: "Paid Search", all: [{ part: "medium", is: ["cpc"] }] },
];

describe("channel rules on the page", () => {
  it("give a source and a medium a channel before all others, once", () => {
    const once = assigned(RULES, "radio", "", "Radio");
    expect(once[0]).toEqual({
      channel: "Radio",
      all: [
        { part: "source", is: ["radio"] },
        { part: "medium", empty: true },
      ],
    });
    const twice = assigned(once, "radio", "", "Audio");
    expect(twice).toHaveLength(3);
    expect(twice[0]?.channel).toBe("Audio");
  });

  it("change places with their neighbour, and not beyond the ends", () => {
    expect(moved(RULES, 1, -1).map(({ channel }) => channel)).toEqual(["Paid Search", "Email"]);
    expect(moved(RULES, 0, -1)).toBe(RULES);
    expect(moved(RULES, 1, 1)).toBe(RULES);
  });
});
