import { TRPCError } from "@trpc/server";
import type { NextFunction, Request, Response } from "express";
import { placeOf } from "../place-of-address.ts";
import { perMinute, type Rate, RateLimit } from "../rate-limit.ts";
import { clientAddress } from "./client-address.ts";

/** How fast requests may come. */
export interface HttpRates {
  /** From one place, whatever they are: the files of a page, beacons, questions. */
  readonly place: Rate;
  /** From one place, by nobody who is signed in. */
  readonly nobody: Rate;
  /** From one place, where a password, a code or a link is tried. */
  readonly guess: Rate;
  /** Procedures of one person. */
  readonly person: Rate;
}

export const HTTP_RATES: HttpRates = {
  place: perMinute(3_000),
  nobody: perMinute(300),
  guess: perMinute(30),
  person: perMinute(1_200),
};

/** Procedures in which something can be guessed. */
const GUESSES: ReadonlySet<string> = new Set(
  [
    ...["signIn", "signInWithCode", "openLink", "acceptLink", "requestReset", "startSso"],
    ...["changePassword", "setUpSecondFactor", "confirmSecondFactor", "removeSecondFactor"],
  ].map((name) => `account.${name}`),
);

const SENTENCE = "too many requests: wait a moment, then try again";

/** Refuses what comes too fast, with the seconds to wait. */
export class Admission {
  readonly #limits: Readonly<Record<keyof HttpRates, RateLimit>>;
  readonly #isProxyTrusted: boolean;

  constructor(rates: HttpRates, isProxyTrusted: boolean) {
    const { place, nobody, guess, person } = rates;
    this.#limits = {
      place: new RateLimit(place),
      nobody: new RateLimit(nobody),
      guess: new RateLimit(guess),
      person: new RateLimit(person),
    };
    this.#isProxyTrusted = isProxyTrusted;
  }

  #take(rate: keyof HttpRates, name: string, events: number): number {
    return this.#limits[rate].take(name, events, Date.now());
  }

  #placeOf(request: Request): string {
    return placeOf(clientAddress(request, this.#isProxyTrusted));
  }

  /** For everything that comes from one place. */
  readonly limitPlaces = (request: Request, response: Response, next: NextFunction): void => {
    const wait = this.#take("place", this.#placeOf(request), 1);
    if (wait === 0) next();
    else response.status(429).set("Retry-After", String(wait)).type("text/plain").send(`${SENTENCE}.\n`);
  };

  /** Counts a request by nobody who is known, a wrong key for one. @returns the seconds to wait, 0 when it may pass */
  waitOfNobody(request: Request): number {
    return this.#take("nobody", this.#placeOf(request), 1);
  }

  /**
   * Lets the procedures of one request in.
   * @param personId who is signed in; null for nobody
   * @throws TRPCError TOO_MANY_REQUESTS, and the answer says when to come again
   */
  admit(request: Request, response: Response, personId: string | null, procedures: readonly string[]): void {
    const place = this.#placeOf(request);
    const guesses = procedures.filter((name) => GUESSES.has(name)).length;
    const wait = Math.max(
      personId === null
        ? this.#take("nobody", place, procedures.length)
        : this.#take("person", personId, procedures.length),
      guesses === 0 ? 0 : this.#take("guess", place, guesses),
    );
    if (wait === 0) return;
    response.set("Retry-After", String(wait));
    throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: SENTENCE });
  }
}
