import { describe, expect, it } from "vitest";
import { amountAfterKey, amountAtShare } from "./spend-slider.ts";

describe("a bar that is dragged", () => {
  it("stops at its ends and at figures that a hand can aim at", () => {
    expect(amountAtShare(-1, 1000)).toBe(0);
    expect(amountAtShare(2, 1000)).toBe(1000);
    expect(amountAtShare(0.123456, 100_000)).toBe(12_300);
    expect(amountAtShare(0.5, 3)).toBe(1.5);
  });

  it("moves by keys, and leaves the others to the page", () => {
    expect(amountAfterKey("ArrowRight", 500, 1000)).toBe(510);
    expect(amountAfterKey("PageDown", 50, 1000)).toBe(0);
    expect(amountAfterKey("End", 50, 1000)).toBe(1000);
    expect(amountAfterKey("Tab", 50, 1000)).toBeNull();
  });
});
