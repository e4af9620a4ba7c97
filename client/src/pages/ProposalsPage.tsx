import { useSearch } from "@tanstack/react-router";
import { ProposalList } from "./proposals/ProposalList.tsx";
import { ProposalView } from "./proposals/ProposalView.tsx";

/** Plans that somebody put forward: the list, or one of them opened like a difference. */
export function ProposalsPage() {
  const { id } = useSearch({ from: "/proposals" });
  return id === undefined ? <ProposalList /> : <ProposalView key={id} id={id} />;
}
