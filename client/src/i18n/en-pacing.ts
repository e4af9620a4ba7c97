export const pacing = {
  title: "Pacing",
} as const;
