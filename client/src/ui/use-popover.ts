import { type RefObject, useEffect, useId, useRef, useState } from "react";

interface Popover {
  readonly isOpen: boolean;
  readonly panelId: string;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly button: RefObject<HTMLButtonElement | null>;
  toggle(): void;
  /** Gives the focus back to the button. */
  close(): void;
}

/** A panel under a button. Closes on Escape, on a click elsewhere, and when the focus leaves it. */
export function usePopover(): Popover {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    document.addEventListener("keydown", closeOnEscape);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
      document.removeEventListener("keydown", closeOnEscape);
    };
  }, [isOpen]);
  return {
    ...{ isOpen, panelId, box, button },
    toggle: () => setOpen(!isOpen),
    close() {
      setOpen(false);
      button.current?.focus();
    },
  };
}
