import { z } from "zod";

const LONGEST_TEXT = 300;
const LONGEST_PATH = 1_000;
/** A tab may stay open for days before it says what happened in it. */
const LONGEST_AGE_MS = 7 * 86_400_000;
/** More than any script sends at once; the size of the request bounds it too. */
const MOST_EVENTS = 200;

/** Texts of a page's address are anybody's: cut where they get too long, and without what could steer a terminal. */
const text = (longest: number) =>
  z
    .string()
    .transform((given) =>
      given
        .replace(/\p{Cc}/gu, " ")
        .trim()
        .slice(0, longest),
    )
    .default("");

const Id = z.string().regex(/^[\w-]{8,100}$/, "must be 8 to 100 letters, digits, - or _, made once for each event");
const VisitorId = z.string().regex(/^[\w.-]{0,100}$/, "must be at most 100 letters, digits, -, . or _");

const everyEvent = {
  id: Id,
  /** Milliseconds since it happened: clocks of devices are wrong, the time that passes on them is not. */
  age: z
    .number()
    .min(0)
    .transform((age) => Math.min(age, LONGEST_AGE_MS))
    .default(0),
  consent: z.enum(["granted", "denied"]).default("denied"),
  visitor_id: VisitorId.default(""),
};

const PageView = z.object({
  type: z.literal("page"),
  ...everyEvent,
  path: text(LONGEST_PATH),
  referrer: text(LONGEST_TEXT),
  source: text(LONGEST_TEXT),
  medium: text(LONGEST_TEXT),
  campaign: text(LONGEST_TEXT),
  content: text(LONGEST_TEXT),
  click_id: text(LONGEST_PATH),
  /** The first page view after half an hour without one. */
  first: z.boolean().default(false),
});
export type PageView = z.infer<typeof PageView>;

const AMOUNT = /^\d{1,15}(\.\d{1,9})?$/;

const Conversion = z.object({
  type: z.literal("conversion"),
  ...everyEvent,
  conversion_type: z
    .string()
    .trim()
    .min(1, "must say what kind of conversion it is, such as purchase")
    .max(LONGEST_TEXT),
  revenue: z
    .union([z.string().trim(), z.number().transform((amount) => String(Number(amount.toFixed(9))))])
    .default("0")
    .refine((revenue) => AMOUNT.test(revenue), "must be an amount such as 49.90 that is not negative"),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{3})?$/, "must be a currency code such as EUR")
    .default(""),
  order_id: text(LONGEST_TEXT),
  product_group: text(LONGEST_TEXT),
  customer_type: text(LONGEST_TEXT),
});
export type Conversion = z.infer<typeof Conversion>;

const Identify = z.object({
  type: z.literal("identify"),
  ...everyEvent,
  person_id: z.string().trim().min(1, "must not be empty").max(LONGEST_TEXT),
});
export type Identify = z.infer<typeof Identify>;

const Withdrawal = z.object({
  type: z.literal("withdrawal"),
  ...everyEvent,
  visitor_id: VisitorId.min(1, "must say whose consent is withdrawn"),
});

const Event = z.discriminatedUnion("type", [PageView, Conversion, Identify, Withdrawal], {
  error: 'must be "page", "conversion", "identify" or "withdrawal"',
});
export type CollectorEvent = z.infer<typeof Event>;

const Workspace = z.string().max(63).default("default");
const Envelope = z.object({ workspace: Workspace, events: z.array(Event).min(1).max(MOST_EVENTS) });

/** A request that cannot be understood; the sentence goes back to whoever wrote the page. */
export class UnreadableEvents extends Error {
  override readonly name = "UnreadableEvents";
}

/** Reads the body of a request: one event, or several under `events`. @throws UnreadableEvents with one sentence */
export function readEvents(body: string): z.infer<typeof Envelope> {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw new UnreadableEvents("the body is not JSON: send one event, or several under events");
  }
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new UnreadableEvents("the body must be one event, or an object with a list of them under events");
  const isAlone = !("events" in given);
  const parsed = Envelope.safeParse(isAlone ? { ...given, events: [given] } : given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const [, index, ...rest] = path;
  const place =
    path[0] !== "events" ? path.join(".") : [...(isAlone ? [] : [`event ${Number(index) + 1}`]), ...rest].join(" ");
  throw new UnreadableEvents(`${place === "" ? "the event" : place}: ${message}`);
}
