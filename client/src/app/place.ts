import { WorkspaceId } from "@touchline/server/contract";

/** What an address of this page stands for. */
export type Place =
  | { readonly kind: "sign-in" }
  /** A link that works once; its token stands behind the #, so that no log has it. */
  | { readonly kind: "link" }
  /** `path` is the address inside the workspace. */
  | { readonly kind: "workspace"; readonly id: string; readonly path: string }
  /** The root, and addresses from before workspaces had theirs. */
  | { readonly kind: "unprefixed"; readonly path: string };

const IN_WORKSPACE = /^\/w\/([^/]+)(\/.*)?$/;

export function placeOf(pathname: string): Place {
  if (pathname === "/sign-in") return { kind: "sign-in" };
  if (pathname === "/link") return { kind: "link" };
  const match = IN_WORKSPACE.exec(pathname);
  const id = WorkspaceId.safeParse(match?.[1]);
  if (id.success) return { kind: "workspace", id: id.data, path: match?.[2] ?? "/" };
  return { kind: "unprefixed", path: /^\/w(\/|$)/.test(pathname) ? "/" : pathname };
}

/** The beginning of every address of a workspace. */
export function basepathOf(id: string): string {
  return `/w/${id}`;
}

/** The workspace that this page was opened in. Another one is another load of the page, so that nothing of the first stays in it. */
export function workspaceOf(pathname: string): string | null {
  const place = placeOf(pathname);
  return place.kind === "workspace" ? place.id : null;
}

/**
 * Where somebody wanted to go before signing in.
 * @param asked as it stands in the address, which anybody may have written
 * @returns an address of this origin, from its path on, or null
 * Law: `origin + result` never leads to another origin, nor back to signing in.
 */
export function returnPath(asked: string | null, origin: string): string | null {
  if (asked === null || !asked.startsWith("/") || !URL.canParse(asked, origin)) return null;
  const url = new URL(asked, origin);
  // "/.//elsewhere" is ours when it is parsed, and somebody else's when its path is parsed again.
  if (url.origin !== new URL(origin).origin || url.pathname.startsWith("//")) return null;
  const { kind } = placeOf(url.pathname);
  return kind === "workspace" || kind === "unprefixed" ? `${url.pathname}${url.search}${url.hash}` : null;
}

/** The page for signing in, which leads back. */
export function signInAddress(wanted: string): string {
  return wanted === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(wanted)}`;
}
