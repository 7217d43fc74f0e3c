import { createHash } from 'node:crypto';

/** A file of named lists of numbers and one JSON value. */
export interface Contents {
  state: unknown;
  tensors: Record<string, Float32Array>;
}

interface Entry {
  dtype: 'F32';
  shape: number[];
  data_offsets: [from: number, to: number];
}

/** What is wrong with a file. */
export class DamagedError extends Error {}

/**
 * The bytes of a file in the safetensors format, which other programs read too: eight bytes with the length of a JSON
 * header, the header with the place of each list, the numbers. A checksum over all of it stands in the header.
 */
export function encode({ state, tensors }: Contents): Uint8Array {
  const names = Object.keys(tensors);
  const size = names.reduce((sum, name) => sum + tensors[name]!.byteLength, 0);
  const data = new Uint8Array(size);
  const header: Record<string, Entry | Record<string, string>> = {};
  let at = 0;
  for (const name of names) {
    const list = tensors[name]!;
    data.set(new Uint8Array(list.buffer, list.byteOffset, list.byteLength), at);
    header[name] = { dtype: 'F32', shape: [list.length], data_offsets: [at, at + list.byteLength] };
    at += list.byteLength;
  }
  const text = JSON.stringify(state);
  header.__metadata__ = { state: text, sha256: checksum(header, text, data) };
  const json = Buffer.from(JSON.stringify(header));
  const padding = (8 - (json.length % 8)) % 8; // so that the numbers begin at a multiple of eight
  const file = new Uint8Array(8 + json.length + padding + size);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length + padding), true);
  file.set(json, 8);
  file.fill(0x20, 8 + json.length, 8 + json.length + padding);
  file.set(data, 8 + json.length + padding);
  return file;
}

/** Throws a `DamagedError` that says what is wrong. */
export function decode(file: Uint8Array): Contents {
  if (file.length < 8) throw new DamagedError(`it is ${file.length} bytes long`);
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (8 + length > file.length) throw new DamagedError('it ends too early');
  const data = new Uint8Array(file.subarray(8 + length)); // a copy: a Buffer of Node is a part of a larger one
  let header: Record<string, Entry> & { __metadata__?: Record<string, string> };
  try {
    header = JSON.parse(Buffer.from(file.buffer, file.byteOffset + 8, length).toString()) as typeof header;
  } catch {
    throw new DamagedError('its header cannot be read');
  }
  const { __metadata__: metadata, ...entries } = header;
  if (metadata?.state === undefined) throw new DamagedError('it holds no state of a run');
  if (metadata.sha256 !== checksum(entries, metadata.state, data))
    throw new DamagedError('its content is not what was written');
  const tensors = Object.fromEntries(
    Object.entries(entries).map(
      ([
        name,
        {
          data_offsets: [from, to],
        },
      ]) => [name, new Float32Array(data.buffer.slice(from, to))],
    ),
  );
  return { state: JSON.parse(metadata.state), tensors };
}

function checksum(entries: object, state: string, data: Uint8Array): string {
  return createHash('sha256').update(JSON.stringify(entries)).update(state).update(data).digest('hex');
}
