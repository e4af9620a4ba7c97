import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { chunk } from "../chunk.ts";
import type { WorkspaceView } from "../workspace-context.ts";
import { CommandContext, type CommandPanel } from "./command-context.ts";
import { type Shortcut, shiftedRange } from "./shortcuts.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const PANELS = {
  palette: chunk(() => import("./CommandPalette.tsx"), "palette"),
  shortcuts: chunk(() => import("./ShortcutsDialog.tsx"), "palette"),
};
const CommandPalette = lazy(async () => ({ default: (await PANELS.palette()).CommandPalette }));
const ShortcutsDialog = lazy(async () => ({ default: (await PANELS.shortcuts()).ShortcutsDialog }));

/** Lets the whole page be used from the keyboard: one field that leads anywhere, and shortcuts. */
export function CommandDesk({ view, children }: { view: WorkspaceView | null; children: ReactNode }) {
  const navigate = useNavigate();
  const [panel, setPanel] = useState<CommandPanel | null>(null);
  const opener = useRef<Element | null>(null);
  const desk = useMemo(
    () => ({
      open(wanted: CommandPanel) {
        opener.current = document.activeElement;
        // Where it cannot be fetched, the page goes on without it.
        PANELS[wanted]().then(
          () => setPanel(wanted),
          () => undefined,
        );
      },
      prepare: (wanted: CommandPanel) => void PANELS[wanted]().catch(() => undefined),
    }),
    [],
  );
  const close = useCallback(() => {
    setPanel(null);
    // What is chosen leads elsewhere, and then there may be nothing left to give the focus back to.
    if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
  }, []);
  const act = useCallback(
    (shortcut: Shortcut) => {
      if (shortcut.kind === "palette") desk.open("palette");
      else if (shortcut.kind === "help") desk.open("shortcuts");
      else if (shortcut.kind === "go") void navigate({ to: shortcut.to, search: true });
      else if (view !== null) {
        const range = shiftedRange(view.range, view.days, shortcut.by);
        if (range !== null) void navigate({ to: ".", search: (before) => ({ ...before, days: undefined, ...range }) });
      }
    },
    [desk, navigate, view],
  );
  useShortcuts(act);
  return (
    <CommandContext value={desk}>
      {children}
      <Suspense fallback={null}>
        {panel === "palette" && <CommandPalette close={close} />}
        {panel === "shortcuts" && <ShortcutsDialog close={close} />}
      </Suspense>
    </CommandContext>
  );
}
