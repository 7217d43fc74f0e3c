import { createHmac, timingSafeEqual } from 'node:crypto';
import { MalformedMessage } from '../protocol/encode.ts';
import { ConnectionProblem } from './transport.ts';

/** Signs messages with the connection file's key; an empty key means that nothing is signed. */
export class Signer {
  #key: string;
  #hash: string;

  /** Throws {@link ConnectionProblem} for a scheme other than `hmac-` and a hash that Node knows. */
  constructor(key: string, scheme = 'hmac-sha256') {
    this.#key = key;
    this.#hash = /^hmac-(.+)$/.exec(scheme)?.[1]?.replace('_', '-') ?? '';
    try {
      createHmac(this.#hash, key);
    } catch {
      throw new ConnectionProblem(
        `signature scheme ${scheme}: expected hmac- and a hash that this Node has, such as hmac-sha256. Set Session.signature_scheme in Jupyter's configuration.`,
      );
    }
  }

  sign(parts: Uint8Array[]): Buffer {
    if (this.#key === '') return Buffer.alloc(0);
    const hmac = createHmac(this.#hash, this.#key);
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
