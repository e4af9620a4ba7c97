import { TRPCError } from "@trpc/server";
import type { Accounts } from "./accounts.ts";
import { INSTALLATION } from "./audit-acts.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { Guess, Patience } from "./throttle.ts";

const DEVICE_DAYS = 180;

function deviceCookieName({ isSecure }: Accounts): string {
  return isSecure ? "__Host-touchline.device" : "touchline.device";
}

/** Remembers this browser as one in which the account was signed in. */
export function knowDevice(accounts: Accounts, request: RequestFacts, account: string): void {
  const { throttle, isSecure } = accounts;
  const attributes = `Max-Age=${DEVICE_DAYS * 86_400}; Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  request.setCookies([`${deviceCookieName(accounts)}=${throttle.newDevice(account)}; ${attributes}`]);
}

/**
 * Counts a guess at something secret of an account, and refuses it where too many were wrong.
 * @returns the guess, to be forgiven when it was right
 * @throws TRPCError TOO_MANY_REQUESTS with how long to wait
 */
export async function countGuess(accounts: Accounts, request: RequestFacts, account: string): Promise<Guess> {
  const guess = { account, ip: request.ip, device: request.cookie(deviceCookieName(accounts)) };
  const { waitSeconds, isFirstRefusal }: Patience = await accounts.throttle.count(guess);
  if (isFirstRefusal) {
    await accounts.store.in(INSTALLATION).audit({
      actor: { kind: "system", id: "sign-in", name: "sign-in", ip: request.ip, userAgent: request.userAgent },
      ...{ action: "session.slowed-down", subject: { kind: "address", id: request.ip ?? "" } },
    });
  }
  if (waitSeconds === 0) return guess;
  const minutes = Math.max(1, Math.ceil(waitSeconds / 60));
  throw new TRPCError({
    code: "TOO_MANY_REQUESTS",
    message: `too many attempts: try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}, or ask for a link for a new password`,
  });
}
