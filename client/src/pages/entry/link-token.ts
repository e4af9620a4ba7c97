import { LinkToken } from "@touchline/server/contract";

/** @returns the token of `#token=…`, or null where there is none that could be one */
export function readToken(hash: string): string | null {
  const parsed = LinkToken.safeParse({ token: new URLSearchParams(hash.replace(/^#/, "")).get("token") });
  return parsed.success ? parsed.data.token : null;
}
