import { type ReactNode, useEffect, useRef, useState } from "react";

/** Draws what lies further down once somebody comes near it; until then its place is kept. */
export function WhenSeen({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) setSeen(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  if (isSeen) return children;
  return <div ref={box} className="when-seen" />;
}
