export type SentKind = "touchpoints" | "conversions" | "spend" | "identities";

/** What a sender got back; status 0 where the connection ended without an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: readonly { index: number; step: string; reason: string }[];
  readonly error: string;
}

export interface Door {
  readonly url: string;
  readonly key: string;
}

export const ndjson = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join("");

/** Sends a body as it is. Never throws: an answer that does not come is one of the things that happen to senders. */
export async function sendBody(
  { url, key }: Door,
  kind: string,
  body: string | Uint8Array,
  { method = "POST", ...headers }: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const nothing = { received: 0, accepted: 0, rejected: [], error: "" };
  try {
    const response = await fetch(`${url}/v1/${kind}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...headers },
      ...(method === "POST" ? { body: typeof body === "string" ? body : Uint8Array.from(body) } : {}),
    });
    const said = (await response.json()) as Partial<Answer>;
    return { ...nothing, ...said, status: response.status, headers: response.headers };
  } catch (error) {
    return { ...nothing, status: 0, headers: new Headers(), error: String((error as Error).cause ?? error) };
  }
}

/** Sends items, one a line. */
export function send(door: Door, kind: SentKind, items: readonly unknown[]): Promise<Answer> {
  return sendBody(door, kind, ndjson(items));
}
