import { z } from "zod";
import { WebhookEvent } from "../contract/index.ts";

/**
 * Whom to mail: members whose role has a right, members by their ids, or addresses as they are. Addresses get title and text as they
 * stand; members get them in English with a sentence in French.
 */
export type MailTo =
  | "plans:approve"
  | "plans:propose"
  | { readonly people: readonly string[] }
  | { readonly addresses: readonly string[] }
  | null;

/** Something to be told to webhooks that listen to the event, and by mail. */
export interface Notice {
  readonly event: WebhookEvent;
  /** One English line, and the text below it. */
  readonly title: string;
  readonly text: string;
  /** Path inside the workspace, such as `/rebalancing/ID`. */
  readonly path: string;
  /** For machines. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly mailTo: MailTo;
  /** Whoever did it is not mailed about it. */
  readonly except?: string;
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly base64: string }[];
}

/** What a delivery keeps of a notice: everything that its text is made of when it is sent, so that a later try sends the same. */
export const StoredNotice = z.object({
  event: WebhookEvent,
  title: z.string(),
  text: z.string(),
  path: z.string(),
  facts: z.record(z.string(), z.unknown()),
  at: z.string(),
  /** Of mails: with the sentence in French, or as it stands. */
  isBilingual: z.boolean(),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), base64: z.string() })),
});
export type StoredNotice = z.infer<typeof StoredNotice>;
