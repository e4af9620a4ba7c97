import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newWebhookSecret, signatureHeaders } from "./signature.ts";

describe("a signature of a message", () => {
  it("is the one that the scheme's own example has", () => {
    const headers = signatureHeaders("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      body: '{"test": 2432232314}',
      now: new Date(1_614_265_330_000),
    });
    expect(headers).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("stands on a secret of its own, and on every byte of id, time and body", () => {
    const secret = newWebhookSecret();
    expect(newWebhookSecret()).not.toBe(secret);
    expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
    const message = { id: "a", body: "{}", now: new Date(5_000) };
    const signed = (change: Partial<typeof message>) =>
      signatureHeaders(secret, { ...message, ...change })["webhook-signature"];
    const others = [signed({ id: "b" }), signed({ body: "{ }" }), signed({ now: new Date(6_000) })];
    expect(new Set([signed({}), ...others]).size).toBe(4);
    const own = createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
      .update("a.5.{}")
      .digest("base64");
    expect(signed({})).toBe(`v1,${own}`);
  });
});
