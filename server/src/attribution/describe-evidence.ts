/** Below this, one conversion more or less moves more than 1 % of all credit. */
const FEW_CONVERSIONS = 100;

interface Evidence {
  readonly touchedConversions: string;
  readonly unconvertedJourneys: number;
  readonly touchedChannels: readonly string[];
}

/** Sentences about journeys that cannot carry much of a conclusion, whatever the model. */
export function describeEvidence(
  { touchedConversions, unconvertedJourneys, touchedChannels }: Evidence,
  looksAtUnconverted: boolean,
): string[] {
  const conversions = Number(touchedConversions);
  const warnings: string[] = [];
  if (conversions < FEW_CONVERSIONS) {
    warnings.push(
      `Only ${conversions} ${conversions === 1 ? "conversion" : "conversions"} had a touch: one more or less moves up to ${Math.min(100, Math.ceil(100 / conversions))} % of all credit. Widen the dates before money follows it.`,
    );
  }
  if (touchedChannels.length === 1) {
    warnings.push(
      `All touches before conversions are of ${touchedChannels[0]}: it gets everything under every model, which says nothing about what it caused.`,
    );
  }
  if (looksAtUnconverted && unconvertedJourneys === 0)
    warnings.push("There are no unconverted journeys: the model cannot tell which channels fail to convert.");
  return warnings;
}
