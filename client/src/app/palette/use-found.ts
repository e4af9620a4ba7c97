import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type NavigateOptions, useNavigate } from "@tanstack/react-router";
import type { FindableKind, Found } from "@touchline/server/contract";
import { useEffect, useState } from "react";
import type { IconName } from "../../ui/Icon.tsx";
import { api } from "../api.ts";
import type { PaletteEntry } from "./palette-entry.ts";

type Thing = Found["found"][number];

const ICONS: Readonly<Record<FindableKind, IconName>> = {
  ...{ channel: "performance", campaign: "performance", creative: "performance", scenario: "planner" },
  ...{ proposal: "proposals", experiment: "experiments", source: "table" },
};

/** Fewer letters are met by nearly every name. */
const LEAST_LETTERS = 2;
/** Whoever types goes on typing. */
const PAUSE_MS = 120;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Where a name leads. */
function wayTo({ kind, id, name, channel }: Thing): NavigateOptions {
  const channels = channel === null ? undefined : [channel];
  switch (kind) {
    case "channel":
      return { to: "/performance", search: (before) => ({ ...before, channels: [name] }) };
    case "campaign":
    case "creative":
      return { to: "/performance", search: (before) => ({ ...before, by: kind, find: name, channels }) };
    case "scenario":
      return { to: "/planner", search: { view: "scenarios" } };
    case "proposal":
      return { to: "/rebalancing", search: { id } };
    case "experiment":
      return { to: "/tests", search: true };
    case "source":
      return { to: "/data", search: true };
  }
}

/** What the workspace holds under a name like the text. */
export function useFound(text: string): { entries: PaletteEntry[]; isSearching: boolean; error: unknown } {
  const navigate = useNavigate();
  const asked = useSettled(text.trim());
  const isWanted = asked.length >= LEAST_LETTERS;
  const query = useQuery(
    api.search.find.queryOptions({ text: asked }, { enabled: isWanted, placeholderData: keepPreviousData }),
  );
  const found = isWanted ? (query.data?.found ?? []) : [];
  return {
    entries: found.map((thing) => ({
      ...{ id: `${thing.kind} ${thing.channel ?? ""} ${thing.id}`, group: thing.kind, icon: ICONS[thing.kind] },
      ...{ label: thing.name, ...(thing.channel === null ? {} : { beside: thing.channel }) },
      run: () => void navigate(wayTo(thing)),
    })),
    isSearching: text.trim().length >= LEAST_LETTERS && (query.isFetching || asked !== text.trim()),
    error: isWanted ? query.error : null,
  };
}
