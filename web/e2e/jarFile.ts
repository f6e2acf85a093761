import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** The content of a file in a jar, which is a zip of less than 4 GB. */
export function readJarEntry(jar: string, name: string): Buffer {
  const bytes = readFileSync(jar);
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const entries = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < entries; n++) {
    const length = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + length) === name) return content(bytes, at);
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  throw new Error(`${jar} has no ${name}.`);
}

function content(bytes: Buffer, entry: number): Buffer {
  const stored = bytes.readUInt16LE(entry + 10) === 0;
  const local = bytes.readUInt32LE(entry + 42);
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(from, from + bytes.readUInt32LE(entry + 20));
  return stored ? packed : inflateRawSync(packed);
}
