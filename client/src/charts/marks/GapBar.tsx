/** A bar to the left or right of the middle of its cell; what it measures stands beside it as a figure. */
export function GapBar({ share }: { share: number }) {
  const length = Math.min(1, Math.abs(share)) * 50;
  return (
    <svg className="gap-bar" width="100%" height={10} aria-hidden="true">
      <rect
        className={share < 0 ? "gap-less" : "gap-more"}
        x={`${share < 0 ? 50 - length : 50}%`}
        width={`${length}%`}
        height={10}
        rx="2"
      />
      <line className="interval-zero" x1="50%" x2="50%" y2={10} />
    </svg>
  );
}
