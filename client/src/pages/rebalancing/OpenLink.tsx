import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface Props {
  /** A proposal by its id, or a run. */
  open: { readonly id: string } | { readonly run: string };
  className?: string;
  children: ReactNode;
}

/** Opens one proposal or one run in place of what is open. */
export function OpenLink({ open, className = "proposal-link", children }: Props) {
  return (
    <Link to="/rebalancing" search={({ id: _, run: __, ...before }) => ({ ...before, ...open })} className={className}>
      {children}
    </Link>
  );
}
