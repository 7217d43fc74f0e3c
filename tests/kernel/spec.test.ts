import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeList, howFound } from '../../src/cli/kernel.ts';
import {
  findKernelSpec,
  type Host,
  installKernelSpec,
  kernelSpec,
  kernelsFolder,
  lastingNode,
  listKernelSpecs,
  searchFolders,
  uninstallKernelSpec,
  unwritable,
} from '../../src/kernel/spec/index.ts';

let prefix: string;
beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), 'learnable spec-'));
});
afterEach(() => rmSync(prefix, { recursive: true }));

const linux: Host = {
  platform: 'linux',
  env: {},
  home: '/home/ada',
  node: '/usr/bin/node',
  exists: () => true,
  real: file => file,
  ask: () => undefined,
};
const mac: Host = { ...linux, platform: 'darwin', home: '/Users/ada' };
const windows: Host = {
  ...linux,
  platform: 'win32',
  home: 'C:\\Users\\Ada Lovelace',
  node: 'C:\\Program Files\\nodejs\\node.exe',
  env: { APPDATA: 'C:\\Users\\Ada Lovelace\\AppData\\Roaming', PROGRAMDATA: 'D:\\ProgramData' },
};
const folders = (host: Host) => searchFolders(host).map(({ folder, origin }) => `${origin} ${folder}`);

function stockTslab(): string {
  const folder = join(prefix, 'share', 'jupyter', 'kernels', 'tslab');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), '{"argv":["tslab"],"display_name":"TypeScript"}');
  return folder;
}

describe('install and uninstall', () => {
  it('is written with absolute paths and logos', () => {
    const folder = installKernelSpec({ prefix });
    const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));
    expect(spec).toMatchObject({
      display_name: 'TypeScript (learnable)',
      language: 'typescript',
      interrupt_mode: 'message',
      env: {},
      metadata: { debugger: false },
    });
    expect(isAbsolute(spec.argv[0])).toBe(true);
    expect(existsSync(spec.argv.at(-3))).toBe(true);
    expect(spec.argv.slice(-2)).toEqual(['--connection-file', '{connection_file}']);
    expect(readdirSync(folder).sort()).toEqual(['kernel.json', 'logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg']);
    expect(findKernelSpec({ prefix })).toMatchObject({ name: 'tslab', folder, isOurs: true });
    expect(uninstallKernelSpec({ prefix })).toBe(folder);
    expect(findKernelSpec({ prefix })).toBeUndefined();
    expect(readdirSync(join(folder, '..'))).toEqual([]);
  });

  it('is renewed by a second install, which keeps its display name and environment', () => {
    const env = { NODE_OPTIONS: '--max-old-space-size=8192' };
    const folder = installKernelSpec({ prefix, displayName: 'TS', env });
    writeFileSync(join(folder, 'left-over'), '');
    const { argv, ...rest } = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'));
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ ...rest, argv: ['/gone/node'] }));
    installKernelSpec({ prefix });
    expect(findKernelSpec({ prefix })?.spec).toMatchObject({ argv, display_name: 'TS', env });
    expect(existsSync(join(folder, 'left-over'))).toBe(false);
    installKernelSpec({ prefix, displayName: 'Other', env: {} });
    expect(findKernelSpec({ prefix })?.spec).toMatchObject({ display_name: 'Other', env: {} });
  });

  it('replaces a stock tslab only by force, and never removes it', () => {
    const folder = stockTslab();
    expect(() => installKernelSpec({ prefix })).toThrow(
      `kernel install: ${folder} holds another kernel with the name 'tslab', stock tslab. Replace it with --force, or ` +
        'install under another name with --name NAME, or elsewhere with --prefix DIR.',
    );
    expect(() => uninstallKernelSpec({ prefix })).toThrow(`${folder} holds another kernel; it is left as it is`);
    expect(findKernelSpec({ prefix })?.spec.argv).toEqual(['tslab']);
    expect(installKernelSpec({ prefix, force: true })).toBe(folder);
  });

  it('stands beside it under a name of its own', () => {
    stockTslab();
    const folder = installKernelSpec({ prefix, name: 'learnable' });
    expect(folder).toBe(join(prefix, 'share', 'jupyter', 'kernels', 'learnable'));
    expect(uninstallKernelSpec({ prefix, name: 'learnable' })).toBe(folder);
    expect(findKernelSpec({ prefix })?.spec.argv).toEqual(['tslab']);
    expect(() => installKernelSpec({ prefix, name: '../x' })).toThrow(
      'kernel spec: expected a name of letters, digits, dots, dashes and underscores that begins with a letter or a ' +
        'digit, received "../x"',
    );
    // Under such a name it would be written over the folder above, which holds all that is Jupyter's.
    for (const name of ['.', '..', '', '.hidden', 'a/b', 'a\\b']) {
      expect(() => installKernelSpec({ prefix, name, force: true })).toThrow('kernel spec: expected a name of letters');
      expect(() => uninstallKernelSpec({ prefix, name })).toThrow('kernel spec: expected a name of letters');
    }
    expect(findKernelSpec({ prefix })?.spec.argv).toEqual(['tslab']);
  });

  it('takes an empty folder, and says what it cannot read', () => {
    const folder = join(prefix, 'share', 'jupyter', 'kernels', 'tslab');
    mkdirSync(folder, { recursive: true });
    expect(installKernelSpec({ prefix })).toBe(folder);
    writeFileSync(join(folder, 'kernel.json'), '{ oops');
    expect(() => installKernelSpec({ prefix })).toThrow(
      `kernel install: ${folder} holds something with the name 'tslab' that is no kernelspec that can be read. Replace`,
    );
    expect(installKernelSpec({ prefix, force: true })).toBe(folder);
  });

  it('says what is wrong with a location', () => {
    expect(() => installKernelSpec({ prefix, user: true })).toThrow(
      'kernel spec: expected one location, received --user and --prefix',
    );
    expect(() => uninstallKernelSpec({ prefix })).toThrow('kernel uninstall: nothing is installed at');
    expect(() => kernelsFolder({ sysPrefix: true }, linux)).toThrow(
      'kernel spec: --sys-prefix needs Python, and neither python3 nor python was found. Use --user or --prefix DIR.',
    );
    writeFileSync(join(prefix, 'share'), 'a file');
    const folder = join(prefix, 'share', 'jupyter', 'kernels', 'tslab');
    expect(() => installKernelSpec({ prefix })).toThrow(
      `kernel install: cannot write ${folder}: a part of that path is a file, not a folder.`,
    );
    const refused = (code: string, place: object = { prefix }) =>
      unwritable('install', '/x', Object.assign(new Error(), { code }), place).message;
    expect(() => kernelsFolder({ prefix: ' ' }, linux)).toThrow(
      'kernel spec: expected a folder after --prefix, received nothing',
    );
    expect(refused('EACCES', {})).toBe(
      'kernel install: cannot write /x: this user may not. Install it under a folder of yours with --prefix DIR, or say ' +
        'with JUPYTER_DATA_DIR where your data of Jupyter are.',
    );
    expect(refused('EACCES')).toBe(
      'kernel install: cannot write /x: this user may not. Install it for this user with --user, or under a folder of ' +
        'yours with --prefix DIR.',
    );
    expect(refused('EROFS')).toBe(
      'kernel install: cannot write /x: that disk is read-only. Install it for this user with --user, or under a ' +
        'folder of yours with --prefix DIR.',
    );
  });
});

describe('the folders', () => {
  it('are those of each platform', () => {
    expect(kernelsFolder({}, linux)).toBe('/home/ada/.local/share/jupyter/kernels');
    expect(kernelsFolder({}, { ...linux, env: { XDG_DATA_HOME: '/data' } })).toBe('/data/jupyter/kernels');
    expect(kernelsFolder({}, mac)).toBe('/Users/ada/Library/Jupyter/kernels');
    expect(kernelsFolder({}, windows)).toBe('C:\\Users\\Ada Lovelace\\AppData\\Roaming\\jupyter\\kernels');
    expect(kernelsFolder({}, { ...windows, env: {} })).toBe(
      'C:\\Users\\Ada Lovelace\\AppData\\Roaming\\jupyter\\kernels',
    );
    for (const host of [linux, mac, windows]) {
      expect(kernelsFolder({}, { ...host, env: { JUPYTER_DATA_DIR: '/mine' } })).toMatch(/^.mine.kernels$/);
    }
    expect(kernelsFolder({}, { ...mac, env: { JUPYTER_PLATFORM_DIRS: '1' } })).toBe(
      '/Users/ada/Library/Application Support/Jupyter/kernels',
    );
    expect(kernelsFolder({ prefix: 'D:\\my tools' }, windows)).toBe('D:\\my tools\\share\\jupyter\\kernels');
  });

  it('may be on another drive, on a server, and below what a shell calls home', () => {
    const share = { ...windows, env: { APPDATA: '\\\\server\\profiles\\Ada\\Roaming' } };
    expect(kernelsFolder({}, share)).toBe('\\\\server\\profiles\\Ada\\Roaming\\jupyter\\kernels');
    expect(kernelsFolder({ prefix: '\\\\server\\tools' }, windows)).toBe('\\\\server\\tools\\share\\jupyter\\kernels');
    expect(kernelsFolder({ prefix: 'E:/my tools/' }, windows)).toBe('E:\\my tools\\share\\jupyter\\kernels');
    expect(kernelsFolder({ prefix: '~\\tools' }, windows)).toBe(
      'C:\\Users\\Ada Lovelace\\tools\\share\\jupyter\\kernels',
    );
    expect(kernelsFolder({ prefix: '~' }, linux)).toBe('/home/ada/share/jupyter/kernels');
    expect(kernelsFolder({ prefix: '/opt/~x' }, linux)).toBe('/opt/~x/share/jupyter/kernels');
    const local = { ...windows, env: { JUPYTER_PLATFORM_DIRS: 'true', LOCALAPPDATA: 'D:\\Local' } };
    expect(kernelsFolder({}, local)).toBe('D:\\Local\\Jupyter\\kernels');
    expect(folders({ ...windows, env: {} }).at(-1)).toBe('system C:\\ProgramData\\jupyter\\kernels');
    const conda = { ...windows, env: { ...windows.env, CONDA_PREFIX: 'D:\\miniconda\\envs\\ml' } };
    expect(folders(conda)).toContain('environment D:\\miniconda\\envs\\ml\\share\\jupyter\\kernels');
    const asked = {
      ...windows,
      ask: () => JSON.stringify({ data: ['c:\\users\\ada lovelace\\appdata\\roaming\\jupyter'] }),
    };
    expect(folders(asked)[0]).toMatch(/^user c:/); // drives and folders have no case there
  });

  it('of a user without a home are those that need none', () => {
    const homeless: Host = {
      ...linux,
      get home(): string {
        throw new Error('no home');
      },
    };
    expect(() => kernelsFolder({}, homeless)).toThrow('no home');
    const withData = Object.create(homeless, { env: { value: { XDG_DATA_HOME: '/data' } } }) as Host;
    expect(kernelsFolder({}, withData)).toBe('/data/jupyter/kernels');
    expect(kernelsFolder({ prefix: '/opt' }, homeless)).toBe('/opt/share/jupyter/kernels');
    expect(folders(homeless)).toEqual(['system /usr/local/share/jupyter/kernels', 'system /usr/share/jupyter/kernels']);
  });

  it('of a Python environment are those that are active, else of the Python that is found', () => {
    const python = { ...windows, ask: (command: string) => (command === 'py' ? 'C:\\Python 3\r\n' : undefined) };
    expect(kernelsFolder({ sysPrefix: true }, python)).toBe('C:\\Python 3\\share\\jupyter\\kernels');
    const active = { ...linux, env: { VIRTUAL_ENV: '/home/ada/venv', CONDA_PREFIX: '/conda' } };
    expect(kernelsFolder({ sysPrefix: true }, active)).toBe('/home/ada/venv/share/jupyter/kernels');
  });

  it('are searched in the order of Jupyter', () => {
    expect(folders({ ...linux, env: { JUPYTER_PATH: '/a:/b', VIRTUAL_ENV: '/venv' } })).toEqual([
      'JUPYTER_PATH /a/kernels',
      'JUPYTER_PATH /b/kernels',
      'user /home/ada/.local/share/jupyter/kernels',
      'environment /venv/share/jupyter/kernels',
      'system /usr/local/share/jupyter/kernels',
      'system /usr/share/jupyter/kernels',
    ]);
    expect(folders({ ...linux, ask: () => '/usr' }).at(-1)).toBe('system /usr/share/jupyter/kernels');
    expect(folders({ ...windows, env: { ...windows.env, JUPYTER_PATH: 'C:\\a b;D:\\c' } })).toEqual([
      'JUPYTER_PATH C:\\a b\\kernels',
      'JUPYTER_PATH D:\\c\\kernels',
      'user C:\\Users\\Ada Lovelace\\AppData\\Roaming\\jupyter\\kernels',
      'system D:\\ProgramData\\jupyter\\kernels',
    ]);
  });

  it('are those that Jupyter itself names, where there is one', () => {
    const data = ['/venv/share/jupyter', '/home/ada/.local/share/jupyter', '/opt/share/jupyter'];
    const ask = (command: string) => (command === 'jupyter' ? JSON.stringify({ data }) : '/venv');
    expect(folders({ ...linux, ask })).toEqual([
      'environment /venv/share/jupyter/kernels',
      'user /home/ada/.local/share/jupyter/kernels',
      'Jupyter /opt/share/jupyter/kernels',
    ]);
  });
});

describe('the path of Node', () => {
  it('is the one that lasts over an upgrade by Homebrew', () => {
    const node = '/opt/homebrew/Cellar/node@22/22.1.0/bin/node';
    expect(lastingNode({ ...mac, node })).toBe('/opt/homebrew/opt/node@22/bin/node');
    expect(lastingNode({ ...mac, node, exists: () => false })).toBe(node);
    expect(lastingNode({ ...mac, node: '/Users/ada/.nvm/versions/node/v22.1.0/bin/node' })).toMatch(/v22\.1\.0/);
  });

  it('is no link that fnm made for one terminal', () => {
    const node = 'C:\\Users\\Ada\\AppData\\Local\\fnm_multishells\\12_34\\node.exe';
    const real = 'C:\\Users\\Ada\\AppData\\Roaming\\fnm\\node-versions\\v22.1.0\\installation\\node.exe';
    expect(lastingNode({ ...windows, node, real: () => real })).toBe(real);
    expect(lastingNode({ ...windows, node, exists: () => false })).toBe(node);
  });

  it('may hold spaces and backslashes', () => {
    const written = JSON.stringify(kernelSpec({}, windows));
    expect(JSON.parse(written).argv[0]).toBe('C:\\Program Files\\nodejs\\node.exe');
  });
});

describe('list', () => {
  const listed = (...shares: string[]) => {
    const env = { JUPYTER_PATH: shares.join(':') };
    const home = join(prefix, 'home');
    return listKernelSpecs({ ...linux, env, home, exists: existsSync });
  };

  it.skipIf(process.platform === 'win32')('says which kernel Jupyter takes, and what is broken', () => {
    const stock = stockTslab();
    const second = join(prefix, 'second');
    const ours = installKernelSpec({ prefix: second });
    const share = (folder: string) => join(folder, 'share', 'jupyter');
    const lines = describeList(listed(share(prefix), share(second)));
    expect(lines.slice(0, 9)).toEqual([
      'Jupyter looks for kernels in these folders; the first that has a name wins.',
      '',
      `${share(prefix)}/kernels  (JUPYTER_PATH)`,
      '  tslab: TypeScript, which is not learnable',
      '    used by Jupyter',
      '',
      `${share(second)}/kernels  (JUPYTER_PATH)`,
      '  tslab: TypeScript (learnable)',
      `    hidden by ${stock}`,
    ]);
    expect(howFound(ours, 'tslab', listed(share(prefix), share(second)))).toBe(
      `But Jupyter takes the kernel in ${stock}, which comes first.`,
    );
    expect(howFound(ours, 'tslab', listed())).toBe(
      `Jupyter does not look there by itself. Tell it: JUPYTER_PATH="${share(second)}"`,
    );
    expect(howFound(ours, 'tslab', listed(share(second)))).toBe('Try it: jupyter console --kernel tslab');
  });

  it.skipIf(process.platform === 'win32')('says how to mend a kernel whose Node or files are gone', () => {
    const folder = installKernelSpec({ prefix, name: 'Mine' });
    const file = join(folder, 'kernel.json');
    const spec = JSON.parse(readFileSync(file, 'utf8'));
    const broken = (argv: string[]) => {
      writeFileSync(file, JSON.stringify({ ...spec, argv }));
      return describeList(listed(join(prefix, 'share', 'jupyter'))).slice(3, 6);
    };
    const repair = `Mend it: learnable kernel install --prefix "${prefix}" --name mine`;
    expect(broken(['/gone/bin/node', ...spec.argv.slice(1)])).toEqual([
      '  mine: TypeScript (learnable)',
      `    ✗ /gone/bin/node is gone: Node was moved or upgraded. ${repair}`,
      '',
    ]);
    expect(broken([spec.argv[0], resolve('/gone/main.js')])[1]).toBe(
      `    ✗ /gone/main.js is gone: the kernel was moved, or is not built. ${repair}`,
    );
    const unbuilt = join(prefix, 'unbuilt', 'bin', 'kernel.mjs');
    mkdirSync(dirname(unbuilt), { recursive: true });
    writeFileSync(unbuilt, '');
    expect(broken([spec.argv[0], unbuilt])[1]).toBe(
      `    ✗ ${join(prefix, 'unbuilt', 'dist', 'kernel', 'main.js')} is gone: the kernel was moved, or is not built. ${repair}`,
    );
    expect(broken(spec.argv)[1]).toBe('    ✓ used');
    const copy = join(prefix, 'main.js');
    writeFileSync(copy, '');
    expect(broken([spec.argv[0], copy, '--connection-file', '{connection_file}'])[1]).toBe(
      `    ✓ used; it is the kernel of another copy: ${copy}`,
    );
  });

  it.skipIf(process.platform === 'win32')('shows what cannot be read, as Jupyter takes it all the same', () => {
    const folder = stockTslab();
    writeFileSync(join(folder, 'kernel.json'), '{ oops');
    expect(describeList(listed(join(prefix, 'share', 'jupyter'))).slice(3, 5)).toEqual([
      '  tslab: ?, which is not learnable',
      `    ✗ its kernel.json cannot be read. Mend it: learnable kernel install --prefix "${prefix}" --force`,
    ]);
    rmSync(join(folder, 'kernel.json'));
    expect(describeList(listed(join(prefix, 'share', 'jupyter')))[3]).toBe(''); // Jupyter does not see it
  });

  it('says how to begin when there is none', () => {
    expect(describeList([{ folder: '/x', origin: 'user', specs: [] }])).toEqual([
      'Jupyter looks for kernels in these folders; the first that has a name wins.',
      '',
      '/x  (user)',
      '',
      'learnable is in none of them. Install it: learnable kernel install --user',
    ]);
  });
});
