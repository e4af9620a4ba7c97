export { deliverWaiting, keepDelivering, senderOf } from "./keep-delivering.ts";
export type { MailTo, Notice } from "./notice.ts";
export { tell } from "./tell.ts";
export {
  createWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  sendAgain,
  testWebhook,
} from "./webhooks.ts";
