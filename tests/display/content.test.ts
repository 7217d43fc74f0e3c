import { describe, expect, it } from 'vitest';
import { contentOf } from '../../src/display/content.ts';

const png = Buffer.from('89504e470d0a1a0a00', 'hex');
const ring: Record<string, unknown> = {};
ring.self = ring;

describe('contentOf', () => {
  it.each<[string, unknown, unknown]>([
    ['text/html', '<b>', '<b>'],
    ['image/svg+xml', Buffer.from('<svg/>'), '<svg/>'],
    ['image/png', png, png.toString('base64')],
    ['image/png', new Uint8Array(png).buffer, png.toString('base64')],
    ['image/png', `data:image/png;base64,${png.toString('base64')}`, png.toString('base64')],
    ['image/png', png.toString('base64'), png.toString('base64')],
    ['image/jpeg', png, png.toString('base64')],
    ['application/json', { a: 1 }, { a: 1 }],
    ['application/vnd.plotly.v1+json', '{"data":[]}', { data: [] }],
    ['application/x-own', new Uint8Array([1]), 'AQ=='],
  ])('%s of %j', (type, content, expected) => {
    expect(contentOf('display', type, content)).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    ['text/html', 5, 'display: expected a string, received 5'],
    ['text/html', undefined, 'display: expected a string, received undefined'],
    ['image/png', new Uint8Array(0), 'received no bytes at all'],
    ['image/png', Buffer.from('<html>'), 'received 6 bytes that begin with 3c 68 74 6d 6c 3e'],
    ['image/png', 'photo.png', "expected the bytes of a file of type image/png (a Uint8Array), received 'photo.png'"],
    [
      'application/json',
      ring,
      'display: expected what JSON can hold, received <ref *1> { self: [Circular *1] }: Converting',
    ],
    ['application/json', '{', "received '{':"],
    ['application/json', 1n, 'received 1n:'],
    ['html', '<b>', "display: expected a MIME type such as 'text/html', received 'html'"],
  ])('%s refuses %o', (type, content, message) => {
    expect(() => contentOf('display', type, content)).toThrow(message);
  });
});
