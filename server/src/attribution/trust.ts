import { ChannelFlag, type ChannelTrust } from "../contract/index.ts";

/** Flags as the page knows them: a run of an older version may carry others. */
export function trustOf({
  interval,
  flags,
  coverage,
}: Omit<ChannelTrust, "flags"> & { readonly flags: readonly string[] }): ChannelTrust {
  return { interval, flags: flags.flatMap((flag) => ChannelFlag.safeParse(flag).data ?? []), coverage };
}
