import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where to install: for this user (the default), in the Python environment that is active, or under a prefix. */
export interface SpecLocation {
  user?: boolean;
  sysPrefix?: boolean;
  prefix?: string;
}

/** The folder that holds kernelspecs of that location. Throws when more than one is asked for, or no Python is found. */
export function kernelsFolder({ user = false, sysPrefix = false, prefix }: SpecLocation = {}): string {
  const asked = [user && '--user', sysPrefix && '--sys-prefix', prefix !== undefined && '--prefix'].filter(Boolean);
  if (asked.length > 1) throw new Error(`kernel spec: expected one location, received ${asked.join(' and ')}`);
  if (prefix !== undefined) return join(resolve(prefix), 'share', 'jupyter', 'kernels');
  if (sysPrefix) return join(pythonPrefix(), 'share', 'jupyter', 'kernels');
  return join(userDataFolder(), 'kernels');
}

/** Where Jupyter keeps a user's data, on each platform. */
function userDataFolder(): string {
  const { JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'jupyter');
  return join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'jupyter');
}

function pythonPrefix(): string {
  const { VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  if (VIRTUAL_ENV ?? CONDA_PREFIX) return (VIRTUAL_ENV ?? CONDA_PREFIX)!;
  for (const python of ['python3', 'python']) {
    try {
      return execFileSync(python, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim();
    } catch {
      // the next name, then the error below
    }
  }
  throw new Error(
    'kernel spec: --sys-prefix needs Python, and neither python3 nor python was found. Use --user or --prefix DIR.',
  );
}
