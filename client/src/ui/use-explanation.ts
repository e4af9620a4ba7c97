import { type CSSProperties, type RefObject, useId, useRef, useState } from "react";

/** Room that the explanation keeps from the edges of the window, in pixels. */
const EDGE = 8;
const WIDTH = 300;

interface Explanation {
  readonly id: string;
  readonly word: RefObject<HTMLButtonElement | null>;
  readonly box: RefObject<HTMLSpanElement | null>;
  readonly style: CSSProperties;
  show(): void;
  hide(): void;
}

/** A box of words beside a button. It stands in the top layer, so that no scrolling table cuts it. */
export function useExplanation(): Explanation {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  return {
    id,
    word,
    box,
    style: { ...place, maxWidth: WIDTH },
    show() {
      const bounds = word.current?.getBoundingClientRect();
      if (bounds === undefined || box.current === null) return;
      setPlace({
        left: Math.max(EDGE, Math.min(bounds.left, window.innerWidth - WIDTH - EDGE)),
        top: bounds.bottom + 4,
      });
      box.current.showPopover();
    },
    hide: () => box.current?.hidePopover(),
  };
}
