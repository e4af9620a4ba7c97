/** A step of the arrow keys, and of the page keys, as shares of the whole bar. */
const STEP = 0.01;
const LEAP = 0.1;

/** Three digits are as much as a hand can aim at. */
function roundToDigits(amount: number): number {
  if (amount <= 0) return 0;
  const unit = 10 ** Math.max(-2, Math.floor(Math.log10(amount)) - 2);
  return Math.round(Math.round(amount / unit) * unit * 100) / 100;
}

function clamped(amount: number, longest: number): number {
  return Math.max(0, Math.min(longest, amount));
}

/** The spend where a pointer stands: `share` of the bar's length, which stands for `longest`. */
export function amountAtShare(share: number, longest: number): number {
  return roundToDigits(clamped(share * longest, longest));
}

/** The spend that a key leads to; null for keys that mean nothing here. */
export function amountAfterKey(key: string, spend: number, longest: number): number | null {
  const by = (share: number) => clamped(Math.round((spend + share * longest) * 100) / 100, longest);
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return by(STEP);
    case "ArrowLeft":
    case "ArrowDown":
      return by(-STEP);
    case "PageUp":
      return by(LEAP);
    case "PageDown":
      return by(-LEAP);
    case "Home":
      return 0;
    case "End":
      return longest;
    default:
      return null;
  }
}
