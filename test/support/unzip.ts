import { inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const DEFLATED = 8;

/** The files of an archive as text, by their paths, with the moment that each is dated by. */
export function unzip(archive: Uint8Array): Map<string, { readonly text: string; readonly moment: string }> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== END) end--;
  const files = new Map<string, { text: string; moment: string }>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [method, time, date] = [10, 12, 14].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    const day = [(date >> 9) + 1980, (date >> 5) & 15, date & 31].join("-");
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), {
      text: (method === DEFLATED ? inflateRawSync(packed) : packed).toString("utf8"),
      moment: `${day} ${time >> 11}:${(time >> 5) & 63}`,
    });
    at += 46 + name + extra + comment;
  }
  return files;
}
