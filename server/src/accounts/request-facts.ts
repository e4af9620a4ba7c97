import type { Actor } from "../store/index.ts";

/** What is known of a request: where it comes from, and how to answer its browser. */
export interface RequestFacts {
  readonly id: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Those that signing in needs, the client's address in a header of ours. */
  readonly headers: Headers;
  cookie(name: string): string | null;
  /** Adds `Set-Cookie` lines to the answer. */
  setCookies(lines: readonly string[]): void;
  /** True where it comes from this machine itself, with no proxy between. */
  readonly isFromHere: boolean;
}

/** Somebody of a request, as the audit names them. */
export function actorOf(person: { id: string; name: string; email: string }, request: RequestFacts): Actor {
  return {
    kind: "person",
    id: person.id,
    name: `${person.name} <${person.email}>`,
    ip: request.ip,
    userAgent: request.userAgent,
  };
}
