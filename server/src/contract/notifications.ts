import { z } from "zod";

export const WebhookFormat = z.enum(["touchline", "slack"]);
export type WebhookFormat = z.infer<typeof WebhookFormat>;

export const WebhookEvent = z.enum([
  "rebalancing.proposed",
  "rebalancing.applied",
  "rebalancing.blocked",
  "rebalancing.failed",
  "proposal.approved",
  "proposal.rejected",
  "proposal.expired",
  "proposal.commented",
  "plan.activated",
  "report.ready",
  "test",
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** given-up: after the last try; it can be sent again by hand. */
export const DeliveryState = z.enum(["waiting", "done", "given-up"]);
export type DeliveryState = z.infer<typeof DeliveryState>;

const Name = z.string().trim().min(1, "a webhook needs a name").max(80);

export const NewWebhook = z.object({
  name: Name,
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  format: WebhookFormat,
  events: z.array(WebhookEvent).min(1),
});
export type NewWebhook = z.output<typeof NewWebhook>;

export const Webhook = NewWebhook.extend({
  id: z.string(),
  createdAt: z.string(),
  isDisabled: z.boolean(),
  last: z.object({ state: DeliveryState, at: z.string(), error: z.string().nullable() }).nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

/** The secret is shown once. */
export const CreatedWebhook = z.object({ webhook: Webhook, secret: z.string() });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

export const Delivery = z.object({
  id: z.string(),
  kind: z.enum(["webhook", "mail"]),
  target: z.string(),
  event: WebhookEvent,
  state: DeliveryState,
  attempts: z.number(),
  createdAt: z.string(),
  nextAt: z.string(),
  doneAt: z.string().nullable(),
  lastError: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

export const OneWebhook = z.object({ id: z.string().min(1).max(64) });
export const OneDelivery = z.object({ id: z.string().min(1).max(64) });
