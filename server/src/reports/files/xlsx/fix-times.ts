const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;

/** The two numbers that an archive writes for a moment: two seconds at a time, from 1980 on. */
function dosTime(moment: Date): { time: number; date: number } {
  const year = Math.max(1980, moment.getUTCFullYear());
  return {
    time: (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
    date: ((year - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
  };
}

/**
 * Gives every file of an archive the same moment, in place. The writer takes the clock's, and no two archives of one report would be
 * the same.
 */
export function fixTimes(archive: Uint8Array, moment: Date): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const { time, date } = dosTime(moment);
  const end = archive.byteLength - END_BYTES; // This writer leaves no comment behind it.
  if (end < 0 || view.getUint32(end, true) !== END) throw new Error("this archive does not end as it should");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let file = 0; file < count; file++) {
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(at, true) !== CENTRAL || view.getUint32(local, true) !== LOCAL)
      throw new Error("this archive's directory does not fit its files");
    view.setUint16(at + 12, time, true);
    view.setUint16(at + 14, date, true);
    view.setUint16(local + 10, time, true);
    view.setUint16(local + 12, date, true);
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    at += CENTRAL_BYTES + name! + extra! + comment!;
  }
  return archive;
}
