import { describe, expect, it } from 'vitest';
import { exists, parentToWatch } from '../../../src/kernel/control/parent.ts';

describe('the parent of a kernel', () => {
  it('is the one that Jupyter names', () => {
    expect(parentToWatch({ JPY_PARENT_PID: '4711' }, 'linux', 4711)).toBe(4711);
    expect(parentToWatch({ JPY_PARENT_PID: '4711' }, 'darwin', 99)).toBe(4711); // a launcher stands in between
  });

  it('is found by its own number on Windows, where Jupyter passes a handle', () => {
    expect(parentToWatch({ JPY_PARENT_PID: '1364' }, 'win32', 4711)).toBe(4711);
  });

  it('is nobody where none is named, or the one that never ends', () => {
    for (const named of [undefined, '', '0', '1', 'x']) {
      expect(parentToWatch({ JPY_PARENT_PID: named }, 'linux', 4711)).toBeUndefined();
      expect(parentToWatch({ JPY_PARENT_PID: named }, 'win32', 4711)).toBeUndefined();
    }
  });

  it('exists as long as it runs', () => {
    expect(exists(process.pid)).toBe(true);
    expect(exists(2 ** 30)).toBe(false);
  });
});
