import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SendMail } from "../accounts/mail/index.ts";
import type { House } from "../house/index.ts";
import { log } from "../log.ts";
import { deliverDue, type Sender } from "./deliver.ts";
import { type Reach, reachOfEnvironment } from "./outside-address.ts";

interface DeliveringOptions {
  readonly sendMail: SendMail;
  /** Where people reach the server. */
  readonly url: string;
  readonly reach?: Reach;
  readonly now?: () => Date;
}

const LOOK_EVERY_MS = 3_000;
/** While the store does not answer: nothing is lost by waiting, and the log stays readable. */
const AFTER_FAILURE_MS = 30_000;
/** A mail under way cannot be taken back; one that is not written down in time is sent once more. */
const STOP_WITHIN_MS = 5_000;

export function senderOf(
  { sendMail, url, reach = reachOfEnvironment(), now = () => new Date() }: DeliveringOptions,
  isStopped: AbortSignal,
): Sender {
  return {
    sendMail,
    url,
    reach,
    isStopped,
    now,
    chance: () => randomInt(2 ** 32) / 2 ** 32,
  };
}

/** Sends what waits, again and again until it has arrived or was tried often enough. @returns what stops it, at once */
export function keepDelivering(house: Pick<House, "store">, options: DeliveringOptions): () => Promise<void> {
  const stop = new AbortController();
  const sender = senderOf(options, stop.signal);
  let timer: NodeJS.Timeout;
  const look = async () => {
    let wait = LOOK_EVERY_MS;
    try {
      await deliverDue(await house.store(), sender);
    } catch (error) {
      if (!stop.signal.aborted) log.error({ err: error }, "what is to be told could not be sent");
      wait = AFTER_FAILURE_MS;
    }
    if (!stop.signal.aborted) lookIn(wait);
  };
  let underway: Promise<void> = Promise.resolve();
  const lookIn = (ms: number) => {
    timer = setTimeout(() => {
      underway = look();
    }, ms);
  };
  lookIn(LOOK_EVERY_MS);
  return () => {
    stop.abort();
    clearTimeout(timer);
    return Promise.race([underway, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
  };
}

/**
 * Sends what waits once, for a command where no server runs. What does not arrive in that time waits for the next command or server.
 * @returns how many tries were made
 */
export async function deliverWaiting(
  house: Pick<House, "store">,
  { withinMs, ...options }: DeliveringOptions & { readonly withinMs: number },
): Promise<number> {
  return deliverDue(await house.store(), senderOf(options, AbortSignal.timeout(withinMs)));
}
