import { describe, expect, it } from "vitest";
import { secretOf } from "./spare-codes.ts";

describe("the secret to type into an app", () => {
  it("stands in groups of four", () => {
    expect(secretOf("otpauth://totp/Touchline:ada?secret=ABCDEFGHIJ&issuer=Touchline")).toBe("ABCD EFGH IJ");
    expect(secretOf("otpauth://totp/x?secret=ABCDEFGH")).toBe("ABCD EFGH");
  });

  it("is nothing where the address has none", () => {
    expect(secretOf("nonsense")).toBe("");
  });
});
