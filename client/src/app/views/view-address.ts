import type { SavedView } from "@touchline/server/contract";
import { PAGES } from "../pages.ts";

/** The address of a view inside this origin. */
export function addressOf({ page, search }: Pick<SavedView, "page" | "search">, basepath: string): string {
  return `${basepath}${page}${search === "" ? "" : `?${search}`}`;
}

/** The link that follows a view wherever it leads later. */
export function linkOf({ id }: Pick<SavedView, "id">, origin: string, basepath: string): string {
  return `${origin}${basepath}/view/${id}`;
}

type PageName = (typeof PAGES)[number]["name"];

/** The page that an address belongs to: the longest one of the navigation that it begins with. */
export function pageOf(path: string): PageName {
  const found = PAGES.filter(({ to }) => to !== "/" && (path === to || path.startsWith(`${to}/`)));
  return found.sort((a, b) => b.to.length - a.to.length)[0]?.name ?? "today";
}

/** Views by the page that they lead to, in the order of the navigation. */
export function viewsByPage(views: readonly SavedView[]): { page: PageName; views: SavedView[] }[] {
  return PAGES.map(({ name }) => ({ page: name, views: views.filter(({ page }) => pageOf(page) === name) })).filter(
    (group) => group.views.length > 0,
  );
}
