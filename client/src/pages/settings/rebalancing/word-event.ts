import type { WebhookEvent } from "@touchline/server/contract";
import type { TFunction } from "i18next";
import { findText } from "../../../i18n/words.ts";

/** A full stop parts keys of the dictionary: events stand there with a middle dot. */
export function wordEvent(event: WebhookEvent, t: TFunction): string {
  return findText(t, `weekly.hooks.eventOf.${event.replace(".", "·")}`) ?? event;
}
