import { useEffect, useRef } from "react";
import { readHasShortcuts } from "../preferences.ts";
import { GO_WAIT_MS, isPlain, readShortcut, type Shortcut } from "./shortcuts.ts";

const FIELDS = "input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]";

/** Whoever types means letters. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

function isPaletteKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
}

/** Hears the shortcuts of the page. While a dialog is open it has the keyboard for itself. */
export function useShortcuts(act: (shortcut: Shortcut) => void): void {
  const goingUntil = useRef(0);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || document.querySelector("dialog[open]") !== null) return;
      if (isPaletteKey(event)) {
        event.preventDefault();
        act({ kind: "palette" });
        return;
      }
      if (!isPlain(event) || isTyping(event.target) || !readHasShortcuts()) return;
      const read = readShortcut(event.key, event.timeStamp < goingUntil.current);
      goingUntil.current = read === "going" ? event.timeStamp + GO_WAIT_MS : 0;
      if (read === null || read === "going") return;
      event.preventDefault();
      act(read);
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [act]);
}
