import { useEffect } from "react";

/** The browser's tab and history name the page and the product. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Touchline`;
  }, [title]);
}
