import { describe, expect, it } from "vitest";
import { assignHues, HUES, hueColour } from "./channel-colours.ts";

const names = ["Paid Search", "Brand Search", "Paid Social", "Display", "Retargeting", "Video", "Email", "Direct"];

describe("the colour of a channel", () => {
  it("is its own while there are hues enough", () => {
    const hues = assignHues(names);
    expect(new Set(hues.values()).size).toBe(names.length);
    expect(new Set(assignHues(Array.from({ length: HUES }, (_, index) => `c${index}`)).values()).size).toBe(HUES);
  });

  it("does not depend on the order of the names, nor on repeats", () => {
    expect([...assignHues([...names].reverse())].sort()).toEqual([...assignHues([...names, ...names])].sort());
  });

  it("is grey beyond the palette", () => {
    const hues = assignHues(Array.from({ length: HUES + 3 }, (_, index) => `channel ${index}`));
    expect([...hues.values()].filter((hue) => hue === "others")).toHaveLength(3);
    expect(hueColour("others")).toBe("var(--others)");
    expect(hueColour(4)).toBe("var(--channel-4)");
  });
});
