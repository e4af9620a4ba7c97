import { type ReactNode, useId, useRef, useState } from "react";

/** Room that the explanation keeps from the edges of the window, in pixels. */
const EDGE = 8;
const WIDTH = 300;

interface Props {
  className?: string;
  why: string;
  children: ReactNode;
}

/** A word that says why when it is pointed at or focused. It stands in the top layer, so that no scrolling table cuts it. */
export function Explained({ className, why, children }: Props) {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  const show = () => {
    const bounds = word.current?.getBoundingClientRect();
    if (bounds === undefined || box.current === null) return;
    setPlace({ left: Math.max(EDGE, Math.min(bounds.left, window.innerWidth - WIDTH - EDGE)), top: bounds.bottom + 4 });
    box.current.showPopover();
  };
  const hide = () => box.current?.hidePopover();
  return (
    <>
      <button
        ref={word}
        type="button"
        className={className === undefined ? "explained" : `explained ${className}`}
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key === "Escape") hide();
        }}
      >
        {children}
      </button>
      <span
        ref={box}
        id={id}
        role="tooltip"
        popover="manual"
        className="explanation"
        style={{ ...place, maxWidth: WIDTH }}
      >
        {why}
      </span>
    </>
  );
}
