import { type Host, pathOf, thisHost } from './host.ts';

/** Where to install: for this user (the default), in the Python environment that is active, or under a prefix. */
export interface SpecLocation {
  user?: boolean;
  sysPrefix?: boolean;
  prefix?: string;
}

/** A folder in which Jupyter looks for kernels. */
export interface SearchFolder {
  folder: string;
  origin: 'JUPYTER_PATH' | 'user' | 'environment' | 'system' | 'Jupyter';
}

/** The folder that holds kernelspecs of that location. Throws when more than one is asked for, or no Python is found. */
export function kernelsFolder(location: SpecLocation = {}, host: Host = thisHost()): string {
  const { user = false, sysPrefix = false, prefix } = location;
  const asked = [user && '--user', sysPrefix && '--sys-prefix', prefix !== undefined && '--prefix'].filter(Boolean);
  if (asked.length > 1) throw new Error(`kernel spec: expected one location, received ${asked.join(' and ')}`);
  const path = pathOf(host);
  if (prefix !== undefined) return path.join(prefixFolder(prefix, host), 'share', 'jupyter', 'kernels');
  if (!sysPrefix) return path.join(userDataFolder(host), 'kernels');
  const python = pythonPrefix(host);
  if (python !== undefined) return path.join(python, 'share', 'jupyter', 'kernels');
  throw new Error(
    'kernel spec: --sys-prefix needs Python, and neither python3 nor python was found. Use --user or --prefix DIR.',
  );
}

/**
 * Where Jupyter looks for kernels; the first folder that has a name wins. Jupyter itself is asked, as versions of it differ in
 * whether an environment comes before the user; without one, its documented order is given.
 */
export function searchFolders(host: Host = thisHost()): SearchFolder[] {
  const path = pathOf(host);
  const known = knownFolders(host);
  const told = askJupyter(host)?.map((folder): SearchFolder => {
    const origin = known.find(one => path.relative(one.folder, folder) === '')?.origin ?? 'Jupyter';
    return { folder, origin };
  });
  const seen = new Set<string>();
  return (told ?? known)
    .map(({ folder, origin }) => ({ folder: path.join(folder, 'kernels'), origin }))
    .filter(({ folder }) => !seen.has(folder) && seen.add(folder));
}

function prefixFolder(prefix: string, host: Host): string {
  if (prefix.trim() === '') throw new Error('kernel spec: expected a folder after --prefix, received nothing');
  const path = pathOf(host);
  // Not every shell writes the home folder in its place.
  return path.resolve(/^~(?=[\\/]|$)/.test(prefix) ? path.join(host.home, prefix.slice(1)) : prefix);
}

/** Where Jupyter keeps a user's data, on each platform. */
function userDataFolder(host: Host): string {
  const path = pathOf(host);
  const { JUPYTER_DATA_DIR, JUPYTER_PLATFORM_DIRS, APPDATA, LOCALAPPDATA, XDG_DATA_HOME } = host.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (XDG_DATA_HOME && host.platform !== 'win32' && host.platform !== 'darwin')
    return path.join(XDG_DATA_HOME, 'jupyter');
  const { home } = host;
  const native = ['1', 'true', 'yes', 'on', 'y', 't'].includes(JUPYTER_PLATFORM_DIRS?.toLowerCase() ?? '');
  switch (host.platform) {
    case 'darwin':
      return native
        ? path.join(home, 'Library', 'Application Support', 'Jupyter')
        : path.join(home, 'Library', 'Jupyter');
    case 'win32': {
      const data = path.join(home, 'AppData');
      return native
        ? path.join(LOCALAPPDATA || path.join(data, 'Local'), 'Jupyter')
        : path.join(APPDATA || path.join(data, 'Roaming'), 'jupyter');
    }
    default:
      return path.join(home, '.local', 'share', 'jupyter');
  }
}

function knownFolders(host: Host): SearchFolder[] {
  const path = pathOf(host);
  const { JUPYTER_PATH, PROGRAMDATA } = host.env;
  const given = (JUPYTER_PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  const python = pythonPrefix(host);
  const system =
    host.platform === 'win32'
      ? [path.join(PROGRAMDATA || 'C:\\ProgramData', 'jupyter')]
      : ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  const environment = python === undefined ? [] : [path.join(python, 'share', 'jupyter')];
  return [
    ...given.map(folder => ({ folder, origin: 'JUPYTER_PATH' as const })),
    ...userFolders(host).map(folder => ({ folder, origin: 'user' as const })),
    ...environment
      .filter(folder => !system.includes(folder))
      .map(folder => ({ folder, origin: 'environment' as const })),
    ...system.map(folder => ({ folder, origin: 'system' as const })),
  ];
}

function userFolders(host: Host): string[] {
  try {
    return [userDataFolder(host)];
  } catch {
    return []; // Without a home there is none to look into.
  }
}

function askJupyter(host: Host): string[] | undefined {
  try {
    const { data } = JSON.parse(host.ask('jupyter', ['--paths', '--json'])!) as { data: string[] };
    return Array.isArray(data) && data.length > 0 ? data : undefined;
  } catch {
    return undefined;
  }
}

function pythonPrefix(host: Host): string | undefined {
  const active = host.env.VIRTUAL_ENV || host.env.CONDA_PREFIX;
  if (active) return active;
  for (const python of host.platform === 'win32' ? ['python', 'py', 'python3'] : ['python3', 'python']) {
    const prefix = host.ask(python, ['-c', 'import sys; print(sys.prefix)'])?.trim();
    if (prefix) return prefix;
  }
  return undefined;
}
