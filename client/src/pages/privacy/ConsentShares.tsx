import type { ConsentBar } from "./describe-overview.ts";

const percent = (share: number) => `${100 * share}%`;

/** One bar in its parts; the figures stand beside it. */
export function ConsentShares({ parts }: Pick<ConsentBar, "parts">) {
  let from = 0;
  return (
    <svg className="bar consent-bar" width="100%" height={10} aria-hidden="true">
      {parts.map(({ part, share }) => {
        const x = from;
        from += share;
        return <rect key={part} className={`consent-${part}`} x={percent(x)} width={percent(share)} height={10} />;
      })}
    </svg>
  );
}
