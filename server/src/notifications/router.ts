import { CreatedWebhook, Delivery, Done, NewWebhook, OneDelivery, OneWebhook, Webhook } from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { senderOf } from "./keep-delivering.ts";
import { createWebhook, listDeliveries, listWebhooks, removeWebhook, sendAgain, testWebhook } from "./webhooks.ts";

/** Nobody takes a try back that somebody waits for. */
const NEVER = new AbortController().signal;

export const notificationsRouter = router({
  webhooks: allowed("webhooks:read")
    .output(Webhook.array())
    .query(({ ctx }) => listWebhooks(ctx.store)),
  createWebhook: allowed("webhooks:change")
    .input(NewWebhook)
    .output(CreatedWebhook)
    .mutation(({ ctx, input }) => createWebhook(ctx, input, new Date())),
  removeWebhook: allowed("webhooks:change")
    .input(OneWebhook)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await removeWebhook(ctx, input.id);
      return {};
    }),
  testWebhook: allowed("webhooks:change")
    .input(OneWebhook)
    .output(Delivery)
    .mutation(({ ctx, input }) => testWebhook(ctx, input.id, senderOf(ctx.accounts, NEVER))),
  deliveries: allowed("webhooks:read")
    .output(Delivery.array())
    .query(({ ctx }) => listDeliveries(ctx.store)),
  sendAgain: allowed("webhooks:change")
    .input(OneDelivery)
    .output(Delivery)
    .mutation(({ ctx, input }) => sendAgain(ctx, input.id, new Date())),
});
