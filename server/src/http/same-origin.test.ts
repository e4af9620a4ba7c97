import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin.ts";

const HERE = { isProxyTrusted: false };
const asked = (headers: Record<string, string>) =>
  ({ headers: { host: "localhost:4319", ...headers } }) as unknown as IncomingMessage;

test.each([
  ["the request's own host", { origin: "http://localhost:4319" }, HERE],
  [
    "the public address",
    { origin: "https://touchline.example.com" },
    { ...HERE, url: "https://touchline.example.com" },
  ],
  ["a page of this server, as the browser says", { "sec-fetch-site": "same-origin" }, HERE],
  ["a page that tells no referrer", { origin: "null", "sec-fetch-site": "same-origin" }, HERE],
  [
    "https before a proxy that says so",
    { origin: "https://a.example.com", host: "a.example.com", "x-forwarded-proto": "https" },
    { isProxyTrusted: true },
  ],
])("%s is this server", (_, headers, own) => expect(isSameOrigin(asked(headers), own)).toBe(true));

test.each([
  ["nothing", {}, HERE],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, HERE],
  ["another site in an old browser", { origin: "https://evil.example" }, HERE],
  ["another port of this machine", { origin: "http://localhost:8080", "sec-fetch-site": "same-site" }, HERE],
  ["another port in an old browser", { origin: "http://localhost:8080" }, HERE],
  ["another scheme", { origin: "https://localhost:4319" }, HERE],
  ["a name that only begins alike", { origin: "http://localhost:4319.evil.example" }, HERE],
  ["a page without an origin", { origin: "null" }, HERE],
  ["a file or the address line", { "sec-fetch-site": "none" }, HERE],
  [
    "an origin of ours that the browser knows better",
    { origin: "http://localhost:4319", "sec-fetch-site": "cross-site" },
    HERE,
  ],
  [
    "a scheme that nobody who is trusted has said",
    { origin: "https://localhost:4319", "x-forwarded-proto": "https" },
    HERE,
  ],
])("%s is not this server", (_, headers, own) => expect(isSameOrigin(asked(headers), own)).toBe(false));
