import { NewPassword } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { judgeLength, LENGTH_STEPS } from "./password-length.ts";

describe("the length of a password", () => {
  it("is called too short exactly where the server refuses it", () => {
    for (let length = 1; length <= 40; length += 1) {
      const password = "x".repeat(length);
      expect([length, judgeLength(password) === "short"]).toEqual([length, !NewPassword.safeParse(password).success]);
    }
  });

  it("never counts against a longer one", () => {
    const steps = Array.from({ length: 60 }, (_, length) => LENGTH_STEPS.indexOf(judgeLength("é".repeat(length))));
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    expect(new Set(steps).size).toBe(LENGTH_STEPS.length);
  });
});
