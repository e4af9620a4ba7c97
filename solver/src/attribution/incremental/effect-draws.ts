/** Means of drawn amounts: draws x channels in, one mean a channel out. */
export function meansOf(drawn: Float64Array, channels: number): Float64Array {
  const draws = drawn.length / channels;
  const means = new Float64Array(channels);
  for (let draw = 0; draw < draws; draw++) {
    for (let c = 0; c < channels; c++) means[c]! += drawn[draw * channels + c]! / draws;
  }
  return means;
}
