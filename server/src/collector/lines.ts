import type { Conversion, Identify, PageView } from "./events.ts";
import { isOwnReferrer } from "./own-sites.ts";
import type { Device } from "./user-agent.ts";

/** What the request says around its events. */
export interface Surroundings {
  readonly receivedAt: Date;
  readonly device: Device;
  /** Host of the page that sent it. */
  readonly pageHost: string;
}

/** One JSON object a line, with flat fields: what the declaration `touchline-collector` reads. */
export type EventLine = Readonly<Record<string, string>>;

const happenedAt = (age: number, { receivedAt }: Surroundings): string =>
  new Date(receivedAt.getTime() - age).toISOString();

/** Without consent nobody is named, whatever the page sent; of a click id only the platform stays. */
function allowedOf(event: { consent: "granted" | "denied"; visitor_id: string }) {
  return event.consent === "granted"
    ? { consent: "granted", visitor_id: event.visitor_id }
    : { consent: "denied", visitor_id: "" };
}

/**
 * The touch that a page view is, or null for one inside a visit.
 *
 * An arrival with a tag or a click id is a click, one from another site a visit. The first page view of a visit that came from nowhere
 * else is a visit of the channel Direct. All others are the same visit going on: each of them as a touch would make Direct the last
 * touch of every journey.
 */
export function touchpointOfPageView(view: PageView, surroundings: Surroundings): EventLine | null {
  const { source, medium, campaign, content, path } = view;
  const clickId = view.consent === "granted" ? view.click_id : view.click_id.split("=", 1)[0]!;
  const referrer = isOwnReferrer(view.referrer, surroundings.pageHost) ? "" : view.referrer;
  const isTagged = [source, medium, campaign, clickId].some((text) => text !== "");
  const isDirect = !isTagged && referrer === "";
  if (isDirect && !view.first) return null;
  return {
    event_id: view.id,
    occurred_at: happenedAt(view.age, surroundings),
    ...allowedOf(view),
    source: isDirect ? "(direct)" : source,
    medium: isDirect ? "(none)" : medium,
    campaign,
    creative: content,
    click_id: clickId,
    referrer,
    device: surroundings.device,
    path,
    interaction: isTagged ? "click" : "visit",
  };
}

/** An order is one conversion however often its page is shown: its number is its id. */
export function conversionLine(event: Conversion, currency: string, surroundings: Surroundings): EventLine {
  const { conversion_type, revenue, order_id, product_group, customer_type } = event;
  return {
    conversion_id: order_id === "" ? event.id : `${conversion_type}:${order_id}`,
    occurred_at: happenedAt(event.age, surroundings),
    ...allowedOf(event),
    conversion_type,
    revenue,
    currency: event.currency || currency,
    order_id,
    product_group,
    customer_type,
  };
}

/** Who a visitor is; null without consent, because there is no visitor to link then. */
export function identityLine(event: Identify, surroundings: Surroundings): EventLine | null {
  const { consent, visitor_id } = allowedOf(event);
  if (visitor_id === "") return null;
  const linkedAt = happenedAt(event.age, surroundings);
  return { visitor_id, person_id: event.person_id, linked_at: linkedAt, consent };
}
