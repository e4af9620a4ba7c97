import { useNavigate } from "@tanstack/react-router";
import type { PageSearch } from "../search.ts";

/** Changes the shared part of the address and leaves the page where it is scrolled to. `undefined` takes a part away. */
export function useChangeSearch(): (change: PageSearch) => void {
  const navigate = useNavigate();
  return (change) => {
    void navigate({ to: ".", search: (before) => ({ ...before, ...change }), resetScroll: false });
  };
}
