import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import { placeOf } from "../place-of-address.ts";
import { type Database, signInFailures } from "../store/index.ts";

const WINDOW_MS = 15 * 60_000;

/** Wrong guesses that are allowed in a window, by how much is known of the one who guesses. */
const ALLOWED = {
  /** A browser in which this account was signed in before. */
  device: 10,
  /** An account, from one address. */
  pair: 10,
  /** An account, from all unknown browsers together. */
  account: 50,
  /** All accounts together, from one address: an office behind one has this many slips in a quarter of an hour. */
  address: 100,
} as const;

/** What asks for a mail is allowed less: nobody needs more than a few. */
const ALLOWED_MAILS = 3;

type BucketKind = keyof typeof ALLOWED;
interface Bucket {
  readonly kind: BucketKind;
  readonly key: string;
  readonly allowed: number;
}

/** Where a guess comes from. */
export interface Guess {
  /** What is guessed at: an e-mail address, known or not. */
  readonly account: string;
  readonly ip: string | null;
  /** What the browser's device cookie says, if it has one. */
  readonly device: string | null;
}

/** What counting a guess found. */
export interface Patience {
  /** 0 when the guess may be tried, otherwise the seconds after which it may. */
  readonly waitSeconds: number;
  /** True for the one guess by which a budget was spent: what is told once is told then. */
  readonly isFirstRefusal: boolean;
}

/**
 * Slows guessing down. A browser that has signed in before has a budget of its own, so that others who guess at an account do not lock
 * its owner out; every budget comes back after a quarter of an hour. Unknown addresses are treated like known ones.
 */
export class Throttle {
  readonly #db: Database;
  readonly #key: Uint8Array;

  constructor(db: Database, secret: Uint8Array) {
    this.#db = db;
    this.#key = createHmac("sha256", secret).update("touchline throttle").digest();
  }

  #mac(...parts: string[]): string {
    return createHmac("sha256", this.#key).update(JSON.stringify(parts)).digest("base64url");
  }

  #buckets({ account, ip, device }: Guess): Bucket[] {
    const bucket = (kind: BucketKind, ...parts: string[]): Bucket => ({
      ...{ kind, allowed: ALLOWED[kind], key: this.#mac(kind, ...parts) },
    });
    if (device !== null && this.#isDeviceOf(device, account)) return [bucket("device", device)];
    return [
      bucket("pair", account, networkOf(ip)),
      bucket("account", account),
      ...(ip === null ? [] : [bucket("address", networkOf(ip))]),
    ];
  }

  /** Counts a guess before it is tried, so that guesses at the same moment cannot slip through together. */
  async count(guess: Guess, now = new Date()): Promise<Patience> {
    return this.#countIn(this.#buckets(guess), now);
  }

  /** Counts a mail that somebody asks for on behalf of an address. */
  async countMail(email: string, ip: string | null, now = new Date()): Promise<Patience> {
    const buckets: Bucket[] = [{ kind: "account", key: this.#mac("mail", email), allowed: ALLOWED_MAILS }];
    if (ip !== null)
      buckets.push({ kind: "address", key: this.#mac("mails", networkOf(ip)), allowed: ALLOWED.address });
    return this.#countIn(buckets, now);
  }

  async #countIn(buckets: readonly Bucket[], now: Date): Promise<Patience> {
    let waitSeconds = 0;
    let isFirstRefusal = false;
    for (const { key, allowed } of buckets) {
      const { failures, expiresAt } = await this.#add(key, now);
      if (failures <= allowed) continue;
      waitSeconds = Math.max(waitSeconds, Math.ceil((expiresAt.getTime() - now.getTime()) / 1000));
      isFirstRefusal ||= failures === allowed + 1;
    }
    return { waitSeconds, isFirstRefusal };
  }

  /** One more in a bucket; a window that is over begins anew. */
  async #add(key: string, now: Date): Promise<{ failures: number; expiresAt: Date }> {
    const isOver = sql`${signInFailures.expiresAt} <= ${now.toISOString()}::timestamptz`;
    const [row] = await this.#db
      .insert(signInFailures)
      .values({ bucket: key, failures: 1, expiresAt: new Date(now.getTime() + WINDOW_MS) })
      .onConflictDoUpdate({
        target: signInFailures.bucket,
        set: {
          failures: sql`CASE WHEN ${isOver} THEN 1 ELSE ${signInFailures.failures} + 1 END`,
          expiresAt: sql`CASE WHEN ${isOver} THEN excluded.expires_at ELSE ${signInFailures.expiresAt} END`,
        },
      })
      .returning();
    return row!;
  }

  /** The guess was right: nothing of it counts. */
  async forgive(guess: Guess): Promise<void> {
    for (const { kind, key } of this.#buckets(guess)) {
      if (kind === "account" || kind === "address") {
        // Others may be guessing meanwhile: only this one is taken back.
        await this.#db
          .update(signInFailures)
          .set({ failures: sql`greatest(${signInFailures.failures} - 1, 0)` })
          .where(and(eq(signInFailures.bucket, key), gt(signInFailures.failures, 0)));
      } else await this.#db.delete(signInFailures).where(eq(signInFailures.bucket, key));
    }
    await this.#db.delete(signInFailures).where(lt(signInFailures.expiresAt, new Date()));
  }

  /** What marks a browser as one in which this account was signed in. */
  newDevice(account: string): string {
    const nonce = randomBytes(16).toString("base64url");
    return `${nonce}.${this.#mac("known", account, nonce)}`;
  }

  #isDeviceOf(device: string, account: string): boolean {
    const [nonce = "", mac = ""] = device.split(".");
    const expected = Buffer.from(this.#mac("known", account, nonce));
    const given = Buffer.from(mac);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

/** Where a guess comes from, as far as it is counted together. */
function networkOf(ip: string | null): string {
  return ip === null ? "" : placeOf(ip);
}
