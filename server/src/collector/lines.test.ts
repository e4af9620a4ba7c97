import { describe, expect, test } from "vitest";
import { readEvents, UnreadableEvents } from "./events.ts";
import type { EventLine } from "./lines.ts";
import { sortEvents } from "./sort-events.ts";
import { deviceOf, isAutomated } from "./user-agent.ts";

const SURROUNDINGS = {
  receivedAt: new Date("2026-03-02T10:00:00.000Z"),
  device: "mobile",
  pageHost: "www.boutique.fr",
} as const;
const ID = "5f0c6a3e-1111-4222-8333-444455556666";
const NOBODY_OPTS_OUT = { optsOut: false, currency: "EUR" };

function sort(event: object, options: Partial<typeof NOBODY_OPTS_OUT> = {}) {
  const { events } = readEvents(JSON.stringify({ id: ID, ...event }));
  return sortEvents(events, SURROUNDINGS, { ...NOBODY_OPTS_OUT, ...options });
}
const touchOf = (view: object): EventLine | undefined =>
  sort({ type: "page", consent: "granted", visitor_id: "v-1", path: "/", ...view }).lines.touchpoints[0];

describe("a page view", () => {
  test("that arrives by a tagged link is a click with everything that was tagged", () => {
    const view = {
      source: "google",
      medium: "cpc",
      campaign: "Été",
      content: "video-2",
      click_id: "gclid=Ab1",
      path: "/robes",
      age: 1_500,
    };
    expect(touchOf({ ...view, referrer: "https://www.google.com", first: true })).toEqual({
      event_id: ID,
      occurred_at: "2026-03-02T09:59:58.500Z",
      consent: "granted",
      visitor_id: "v-1",
      source: "google",
      medium: "cpc",
      campaign: "Été",
      creative: "video-2",
      click_id: "gclid=Ab1",
      referrer: "https://www.google.com",
      device: "mobile",
      path: "/robes",
      interaction: "click",
    });
  });

  test("from another site is a visit, in the middle of a session too", () => {
    const touch = touchOf({ referrer: "https://blog-mode.fr", first: false });
    expect(touch).toMatchObject({ referrer: "https://blog-mode.fr", source: "", medium: "", interaction: "visit" });
  });

  test("from nowhere begins a direct visit, and only the first of a session does", () => {
    expect(touchOf({ first: true })).toMatchObject({ source: "(direct)", medium: "(none)", interaction: "visit" });
    const { lines, passing } = sort({ type: "page", first: false });
    expect({ ...lines, passing }).toEqual({ touchpoints: [], conversions: [], identities: [], passing: 1 });
  });

  test.each(["https://boutique.fr", "https://aide.boutique.fr", "https://www.paypal.com", "https://acs.getalma.eu"])(
    "that comes back from %s is no new source",
    (referrer) => {
      expect(touchOf({ referrer, first: false })).toBeUndefined();
      expect(touchOf({ referrer, first: true })).toMatchObject({ source: "(direct)", referrer: "" });
    },
  );

  test("from a site that only ends alike is from another site", () => {
    expect(touchOf({ referrer: "https://autreboutique.fr" })).toMatchObject({ referrer: "https://autreboutique.fr" });
  });

  test("without consent names nobody, whatever the page sent: the platform of a click id stays, its value goes", () => {
    const denied = { consent: "denied", visitor_id: "v-1", click_id: "gclid=Ab1" };
    expect(touchOf(denied)).toMatchObject({ consent: "denied", visitor_id: "", click_id: "gclid" });
    const optedOut = sort(
      { type: "page", consent: "granted", visitor_id: "v-1", click_id: "gclid=Ab1" },
      { optsOut: true },
    );
    expect(optedOut.lines.touchpoints).toMatchObject([{ consent: "denied", visitor_id: "", click_id: "gclid" }]);
  });

  test("with texts of any length or content leaves one line of text", () => {
    const touch = touchOf({ campaign: `a\n\u0000\u001b[31m${"x".repeat(5_000)}`, medium: "cpc" })!;
    expect(touch.campaign).toHaveLength(300);
    expect(touch.campaign).toMatch(/^a {3}\[31mx+$/);
  });
});

describe("a conversion", () => {
  const order = { type: "conversion", conversion_type: "purchase", consent: "granted", visitor_id: "v-1" };

  test("is one however often its page is shown: the order's number is its id", () => {
    const line = sort({ ...order, revenue: 49.9, currency: "eur", order_id: "FR-1" }).lines.conversions[0];
    expect(line).toMatchObject({
      conversion_id: "purchase:FR-1",
      revenue: "49.9",
      currency: "EUR",
      order_id: "FR-1",
      visitor_id: "v-1",
    });
    expect(sort({ ...order, revenue: "10" }).lines.conversions[0]).toMatchObject({ conversion_id: ID });
  });

  test("keeps its amount to the cent, and a sum of binary numbers loses its dust", () => {
    expect(sort({ ...order, revenue: 0.1 + 0.2 }).lines.conversions[0]).toMatchObject({ revenue: "0.3" });
    expect(sort({ ...order, revenue: "123456789012.99" }).lines.conversions[0]).toMatchObject({
      revenue: "123456789012.99",
    });
  });

  test("without a currency is in the workspace's, and refused where that has none", () => {
    expect(sort(order).lines.conversions[0]).toMatchObject({ revenue: "0", currency: "EUR" });
    expect(() => sort(order, { currency: "" })).toThrow('currency: say it with the purchase, such as "EUR"');
  });

  test("without consent counts, and names nobody", () => {
    const line = sort({ ...order, consent: "denied", revenue: "10", order_id: "FR-2" }).lines.conversions[0];
    expect(line).toMatchObject({ visitor_id: "", consent: "denied", order_id: "FR-2" });
  });
});

test("a visitor is linked to a person with consent only", () => {
  const link = { type: "identify", person_id: "C-1", visitor_id: "v-1" };
  expect(sort({ ...link, consent: "granted" }).lines.identities).toMatchObject([
    { visitor_id: "v-1", person_id: "C-1", linked_at: "2026-03-02T10:00:00.000Z" },
  ]);
  expect(sort({ ...link, consent: "denied" })).toMatchObject({ lines: { identities: [] }, passing: 1 });
});

test("a withdrawal says whose, also from a browser that opts out", () => {
  expect(sort({ type: "withdrawal", visitor_id: "v-1" }, { optsOut: true })).toMatchObject({ withdrawn: ["v-1"] });
});

test("an age is believed up to a week, so that no clock can write into another year", () => {
  expect(touchOf({ first: true, age: 9e15 })).toMatchObject({ occurred_at: "2026-02-23T10:00:00.000Z" });
});

describe("a body that cannot be taken", () => {
  test.each([
    ["", "the body is not JSON: send one event, or several under events"],
    ["[1]", "the body must be one event, or an object with a list of them under events"],
    ["null", "the body must be one event, or an object with a list of them under events"],
    ['{"type":"click"}', 'type: must be "page", "conversion", "identify" or "withdrawal"'],
    ['{"type":"page"}', "id: Invalid input: expected string, received undefined"],
    ['{"type":"page","id":"<script>"}', "id: must be 8 to 100 letters, digits, - or _, made once for each event"],
    [
      `{"type":"conversion","id":"${ID}","conversion_type":"purchase","revenue":-5}`,
      "revenue: must be an amount such as 49.90 that is not negative",
    ],
    [
      `{"events":[{"type":"page","id":"${ID}"},{"type":"withdrawal","id":"${ID}","visitor_id":""}]}`,
      "event 2 visitor_id: must say whose consent is withdrawn",
    ],
  ])("%s gets a sentence", (body, sentence) => {
    expect(() => readEvents(body)).toThrow(new UnreadableEvents(sentence));
  });
});

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1";
const ANDROID =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36";
const ANDROID_TABLET =
  "Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
const WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

test.each([
  [IPHONE, "mobile"],
  [ANDROID, "mobile"],
  [ANDROID_TABLET, "tablet"],
  ["Mozilla/5.0 (iPad; CPU OS 15_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", "tablet"],
  [WINDOWS, "desktop"],
  ["Mozilla/5.0 (Linux; Android 8.1; CUBOT_X18) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36", "mobile"],
])("%s is a %s that a person holds", (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
  expect(isAutomated(userAgent)).toBe(false);
});

test.each([
  "",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
  "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/143.0.0.0 Safari/537.36",
  "facebookexternalhit/1.1",
  "curl/8.5.0",
  "python-requests/2.32",
  "AhrefsBot",
])("%s is not a person", (userAgent) => {
  expect(isAutomated(userAgent)).toBe(true);
});
