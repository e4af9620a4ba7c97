import { createContext, useContext } from "react";

export type CommandPanel = "palette" | "shortcuts";

interface CommandDesk {
  open(panel: CommandPanel): void;
  /** Fetches what the panel is made of, before it is opened. */
  prepare(panel: CommandPanel): void;
}

export const CommandContext = createContext<CommandDesk | null>(null);

export function useCommandDesk(): CommandDesk {
  const desk = useContext(CommandContext);
  if (desk === null) throw new Error("useCommandDesk outside of the frame");
  return desk;
}
