import { expect, it } from 'vitest';
import { bundleText } from '../../src/display/bundle-text.ts';

it('shows the text of a display, whatever form it has', () => {
  expect(bundleText({ 'text/html': '<b>a</b>', 'text/plain': 'a' })).toBe('a');
  expect(bundleText({ 'text/markdown': '# Title' })).toBe('# Title');
  expect(bundleText({ 'text/html': '<style>b {}</style><p>one <b>two</b></p><p>3 &lt; 4</p>' })).toBe('one two\n3 < 4');
  expect(bundleText({ 'application/json': { a: [1] } })).toBe('{ a: [ 1 ] }');
  expect(bundleText({ 'image/svg+xml': '<svg/>' })).toBe('[image/svg+xml]');
  expect(bundleText({ 'text/html': '<svg><text>no</text></svg>' })).toBe('[text/html]');
});
