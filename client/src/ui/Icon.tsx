import type { ReactNode } from "react";

const SHAPES = {
  brand: (
    <>
      <rect x="1" y="1" width="22" height="22" rx="6" className="brand-plate" />
      <path d="M5 17l5-6 4.5 3L19 7" className="brand-line" />
      <circle cx="19" cy="7" r="2.2" className="brand-dot" />
    </>
  ),
  overview: <path d="M4 20V11m5.3 9V4m5.4 16v-6M20 20V8" />,
  performance: <path d="M4 5h16M4 10h11M4 15h7M4 20h4" />,
  pacing: <path d="M4 17a8 8 0 1 1 16 0M12 17l4.5-5.5" />,
  portfolio: <path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z" />,
  search: <path d="M11 4.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM16 16l4.500 4.500" />,
  download: <path d="M12 4v11m-4.500-4.500L12 15l4.500-4.500M5 20h14" />,
  upload: <path d="M12 16V5m-4.500 4.500L12 5l4.500 4.500M5 20h14" />,
  star: <path d="m12 4 2.500 5.200 5.700.8-4.100 4 1 5.600-5.100-2.700-5.100 2.700 1-5.600-4.100-4 5.700-.8z" />,
  flag: <path d="M6 21V4h11l-2.500 4L17 12H6" />,
  filter: <path d="M4 6h16M7 12h10M10 18h4" />,
  link: (
    <path d="M10 14a4 4 0 0 0 6 .4l2.600-2.600a4 4 0 0 0-5.700-5.700L11.500 7.500M14 10a4 4 0 0 0-6-.4l-2.600 2.600a4 4 0 0 0 5.700 5.700l1.400-1.400" />
  ),
  attribution: (
    <>
      <path d="M5 6.5 19 17M5 12l14-5M5 17.5 19 12" />
    </>
  ),
  journeys: <path d="M4 6h5c5 0 5 12 11 12M4 18h5c2.5 0 3.8-3 5-6M4 12h3M17 6h3" />,
  curves: <path d="M4 4v16h16M4 20C6 11 11 7.5 20 7" />,
  planner: <path d="M4 7h9m4 0h3M4 17h3m4 0h9M13 4.5v5M7 14.5v5" />,
  experiments: <path d="M9.5 4h5M10.5 4v5.5L5.5 19a1 1 0 0 0 .9 1.5h11.2a1 1 0 0 0 .9-1.5l-5-9.5V4M8 15h8" />,
  calendar: <path d="M4 6.5h16v13H4zM4 10.5h16M8.5 4v4M15.5 4v4" />,
  chevron: <path d="m7 10 5 5 5-5" />,
  table: <path d="M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14" />,
  chart: <path d="M4 4v16h16M8 15l4-5 3 3 5-7" />,
  info: <path d="M12 11v6M12 7.2v.3M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z" />,
  warning: <path d="M12 4 21 20H3zM12 10v4.5M12 17v.3" />,
  lock: <path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" />,
  up: <path d="M12 19V6m-5.5 5.5L12 6l5.5 5.5" />,
  down: <path d="M12 5v13m-5.5-5.5L12 18l5.5-5.5" />,
  same: <path d="M5 12h14" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  plus: <path d="M12 5v14M5 12h14" />,
  more: <path d="M6 12h.1M12 12h.1M18 12h.1" />,
  copy: <path d="M9 9h11v11H9zM5 15H4V4h11v1" />,
  person: <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6" />,
  proposals: <path d="M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 15l2.2 2.2L15.5 12.5" />,
  reports: <path d="M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3" />,
  settings: (
    <path d="M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 3v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2.2 2.2m8.4 8.4 2.2 2.2m0-12.8-2.2 2.2m-8.4 8.4-2.2 2.2" />
  ),
  eye: (
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z" />
  ),
  eyeOff: (
    <path d="M4 4l16 16M9.5 6c.8-.3 1.6-.5 2.5-.5 6 0 9.500 6.500 9.500 6.500s-1 2-3 3.800M6.500 7.700C3.900 9.400 2.500 12 2.500 12s3.500 6.500 9.500 6.500c1.500 0 2.800-.4 4-1" />
  ),
  reset: <path d="M5 12a7 7 0 1 0 2.3-5.2L5 9M5 4.5V9h4.5" />,
  sun: (
    <path d="M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4" />
  ),
  moon: <path d="M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z" />,
  auto: (
    <>
      <path d="M12 20.5a8.5 8.5 0 1 1 0-17 8.5 8.5 0 0 1 0 17z" />
      <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" className="icon-filled" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** Decoration beside a word: the word is what is read aloud. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
