/** What a notebook takes for each MIME type, made of what a caller has. */
import type { MimeBundle } from './channel.ts';
import { messageOf, shortText } from './text.ts';

/**
 * One content in the form that Jupyter's messages have: text as a string, JSON as an object, bytes in base64.
 * `where` names the call in an error. Throws TypeError for content that this type cannot have.
 */
export function contentOf(where: string, mimeType: string, content: unknown): unknown {
  if (typeof mimeType !== 'string' || !/^[\w.+-]+\/[\w.+-]+$/.test(mimeType)) {
    throw new TypeError(`${where}: expected a MIME type such as 'text/html', received ${shortText(mimeType)}`);
  }
  if (isJsonType(mimeType)) return jsonContent(where, content);
  if (isBinaryType(mimeType)) return binaryContent(where, mimeType, content);
  if (typeof content === 'string') return content;
  const bytes = bytesOf(content);
  if (bytes) return isTextType(mimeType) ? bytes.toString('utf8') : bytes.toString('base64');
  throw new TypeError(`${where}: expected a string, received ${shortText(content)}`);
}

/** An image from its bytes; which kind it is stands in them. */
export function imageBundle(where: string, content: unknown): MimeBundle {
  const bytes = bytesOf(content);
  const type = bytes && imageType(bytes);
  if (!bytes || !type) {
    throw new TypeError(
      `${where}: expected the bytes of a PNG, JPEG, GIF or WebP image, received ${described(content, bytes)}`,
    );
  }
  return { [type]: bytes.toString('base64'), 'text/plain': `[${type}, ${bytes.length.toLocaleString('en')} bytes]` };
}

function isJsonType(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}

function isTextType(type: string): boolean {
  return type.startsWith('text/') || type.endsWith('+xml') || type === 'application/javascript';
}

function isBinaryType(type: string): boolean {
  return (/^(?:image|audio|video)\//.test(type) && !type.endsWith('+xml')) || type === 'application/pdf';
}

function jsonContent(where: string, content: unknown): unknown {
  try {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    if (text !== undefined) return JSON.parse(text);
  } catch (error) {
    const reason = messageOf(error).split('\n')[0];
    throw new TypeError(`${where}: expected what JSON can hold, received ${shortText(content)}: ${reason}`);
  }
  throw new TypeError(`${where}: expected what JSON can hold, received ${shortText(content)}`);
}

function binaryContent(where: string, mimeType: string, content: unknown): string {
  if (typeof content === 'string') {
    const base64 = content.replace(/^data:[^,]*;base64,/, '').replace(/\s+/g, '');
    if (base64 !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return base64;
  }
  const bytes = bytesOf(content);
  const isKnown = mimeType in SIGNATURES;
  // Browsers look into an image and show it whatever it is called, so another kind of image may pass.
  if (bytes && bytes.length > 0 && (!isKnown || imageType(bytes) || hasSignature(bytes, mimeType))) {
    return bytes.toString('base64');
  }
  const expected = isKnown ? `the bytes of a file of type ${mimeType}` : 'bytes';
  throw new TypeError(`${where}: expected ${expected} (a Uint8Array), received ${described(content, bytes)}`);
}

function described(content: unknown, bytes: Buffer | undefined): string {
  if (!bytes) return shortText(content);
  if (bytes.length === 0) return 'no bytes at all';
  return `${bytes.length} bytes that begin with ${bytes
    .subarray(0, 8)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')}`;
}

function bytesOf(content: unknown): Buffer | undefined {
  if (ArrayBuffer.isView(content)) return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (content instanceof ArrayBuffer) return Buffer.from(content);
  return undefined;
}

/** How files of a type begin; `.` is any byte. */
const SIGNATURES: Record<string, RegExp> = {
  'image/png': /^\x89PNG/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/gif': /^GIF8/,
  'image/webp': /^RIFF....WEBP/s,
  'application/pdf': /^%PDF/,
};

function hasSignature(bytes: Buffer, type: string): boolean {
  return SIGNATURES[type]!.test(bytes.subarray(0, 16).toString('latin1'));
}

function imageType(bytes: Buffer): string | undefined {
  return Object.keys(SIGNATURES).find(type => type.startsWith('image/') && hasSignature(bytes, type));
}
