import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sealText, unsealText } from "./seal.ts";

const key = randomBytes(32);

describe("a sealed secret", () => {
  it("opens with its key, beside what it belongs to", () => {
    for (const text of ["", "whsec_abc", "é".repeat(500)])
      expect(unsealText(key, sealText(key, text, "shop/1"), "shop/1")).toBe(text);
  });

  it("shows nothing of itself, not even that two are the same", () => {
    const [one, two] = [sealText(key, "whsec_abc", "shop/1"), sealText(key, "whsec_abc", "shop/1")];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(3), "base64url").toString("latin1")).not.toContain("whsec");
  });

  it("opens with no other key, beside nothing else, and not once a bit of it has changed", () => {
    const sealed = sealText(key, "whsec_abc", "shop/1");
    expect(unsealText(randomBytes(32), sealed, "shop/1")).toBeNull();
    expect(unsealText(key, sealed, "shop/2")).toBeNull();
    const bytes = Buffer.from(sealed.slice(3), "base64url");
    for (let at = 0; at < bytes.length; at++) {
      const spoilt = Buffer.from(bytes);
      spoilt[at]! ^= 1;
      expect(unsealText(key, `v1.${spoilt.toString("base64url")}`, "shop/1")).toBeNull();
    }
    for (const odd of ["", "v1.", "v1.AAAA", "v2.AAAA", sealed.slice(0, -8)])
      expect(unsealText(key, odd, "shop/1")).toBeNull();
  });
});
