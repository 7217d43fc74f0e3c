import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findKernelSpec, installKernelSpec, uninstallKernelSpec } from '../../src/kernel/spec/index.ts';

describe('the kernelspec', () => {
  let prefix: string;
  beforeEach(() => {
    prefix = mkdtempSync(join(tmpdir(), 'learnable-spec-'));
  });
  afterEach(() => rmSync(prefix, { recursive: true }));

  function stockTslab(): string {
    const folder = join(prefix, 'share', 'jupyter', 'kernels', 'tslab');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kernel.json'), '{"argv":["tslab"],"display_name":"TypeScript"}');
    return folder;
  }

  it('is written with absolute paths and logos', () => {
    const folder = installKernelSpec({ prefix });
    const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));
    expect(spec).toMatchObject({ language: 'typescript', interrupt_mode: 'message' });
    expect(isAbsolute(spec.argv[0])).toBe(true);
    expect(existsSync(spec.argv.at(-3))).toBe(true);
    for (const logo of ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'])
      expect(existsSync(join(folder, logo))).toBe(true);
    expect(installKernelSpec({ prefix })).toBe(folder);
    expect(findKernelSpec({ prefix })).toMatchObject({ name: 'tslab', folder, isOurs: true });
    expect(uninstallKernelSpec({ prefix })).toBe(folder);
    expect(findKernelSpec({ prefix })).toBeUndefined();
  });

  it('replaces a stock tslab only by force, and never removes it', () => {
    const folder = stockTslab();
    expect(() => installKernelSpec({ prefix })).toThrow(
      `kernel install: ${folder} holds another kernel with the name 'tslab', likely stock tslab. ` +
        'Replace it with --force, or install elsewhere with --prefix DIR.',
    );
    expect(() => uninstallKernelSpec({ prefix })).toThrow(`${folder} holds another kernel; it is left as it is`);
    expect(installKernelSpec({ prefix, force: true })).toBe(folder);
  });

  it('says what is wrong with a location', () => {
    expect(() => installKernelSpec({ prefix, user: true })).toThrow(
      'kernel spec: expected one location, received --user and --prefix',
    );
    expect(() => uninstallKernelSpec({ prefix })).toThrow('kernel uninstall: nothing is installed at');
  });
});
