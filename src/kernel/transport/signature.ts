import { createHmac, timingSafeEqual } from 'node:crypto';
import { MalformedMessage } from '../protocol/encode.ts';

/** Signs messages with the connection file's key; an empty key means that nothing is signed. */
export class Signer {
  #key: string;

  constructor(key: string, scheme = 'hmac-sha256') {
    if (scheme !== 'hmac-sha256') throw new Error(`signature scheme ${scheme}: expected hmac-sha256`);
    this.#key = key;
  }

  sign(parts: Uint8Array[]): Buffer {
    if (this.#key === '') return Buffer.alloc(0);
    const hmac = createHmac('sha256', this.#key);
    for (const part of parts.slice(0, 4)) hmac.update(part);
    return Buffer.from(hmac.digest('hex'));
  }

  /** Throws {@link MalformedMessage} unless the signature is that of the parts. */
  verify(signature: Uint8Array, parts: Uint8Array[]): void {
    const expected = this.sign(parts);
    if (expected.byteLength !== signature.byteLength || !timingSafeEqual(expected, signature)) {
      throw new MalformedMessage('wrong signature');
    }
  }
}
