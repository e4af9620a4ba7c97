import { describe, expect, it } from "vitest";
import { warningInWords } from "./words.ts";

describe("a warning in words", () => {
  it("keeps its code and figures and says them", () => {
    expect(warningInWords({ code: "unconvincing", probability: 0.424 })).toEqual({
      code: "unconvincing",
      probability: 0.424,
      text: "The best split found gains with a probability of only 42 %: today's split stays.",
    });
    expect(warningInWords({ code: "extrapolated", channels: ["A", "B"] }).text).toMatch(/^A, B: more than/);
    expect(warningInWords({ code: "not-proved", detail: "no bound" }).text).toContain("(no bound)");
    expect(warningInWords({ code: "already-best" }).text).toContain("already the best");
  });
});
