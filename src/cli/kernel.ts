import { type Command, InvalidArgumentError } from 'commander';
import {
  findKernelSpec,
  installKernelSpec,
  type ListedFolder,
  type ListedSpec,
  listKernelSpecs,
  otherCopy,
  SPEC_NAME,
  type SpecContent,
  type SpecPlace,
  uninstallKernelSpec,
} from '../kernel/spec/index.ts';

export function addKernel(program: Command): void {
  const kernel = program.command('kernel').description('make the kernel available to any Jupyter');

  withPlace(kernel.command('install'))
    .description('write the kernelspec, so that JupyterLab, nbconvert, VS Code … find the kernel')
    .option('--display-name <name>', 'what Jupyter shows; "TypeScript (learnable)" unless given', toDisplayName)
    .option(
      '--env <NAME=value>',
      'set for the kernel, may be repeated; such as NODE_OPTIONS=--max-old-space-size=8192',
      toEnv,
    )
    .option('--force', 'replace a kernel of the same name that is not ours')
    .action((flags: SpecPlace & SpecContent & { force?: boolean }) => {
      const before = findKernelSpec(flags);
      const folder = installKernelSpec(flags);
      const name = flags.name ?? SPEC_NAME;
      console.log(`Installed the kernel "${name}" in ${folder}`);
      const other = before?.isOurs ? otherCopy(before.spec) : undefined;
      if (other !== undefined) console.log(`Before, it was the kernel of another copy: ${other}`);
      console.log(howFound(folder, name, listKernelSpecs()));
    });

  withPlace(kernel.command('uninstall'))
    .description('take the kernelspec away again')
    .action((flags: SpecPlace) => {
      console.log(`Removed the kernel "${flags.name ?? SPEC_NAME}" from ${uninstallKernelSpec(flags)}`);
    });

  kernel
    .command('list')
    .description('show where Jupyter looks for kernels, which one it takes, and what is broken')
    .action(() => {
      for (const line of describeList(listKernelSpecs())) console.log(line);
    });
}

/** What Jupyter makes of a kernelspec that was just written. */
export function howFound(
  folder: string,
  name: string,
  folders: readonly ListedFolder[],
  platform: NodeJS.Platform = process.platform,
): string {
  const found = folders.flatMap(({ specs }) => specs).find(spec => spec.folder === folder);
  if (!found) {
    const share = folder.slice(0, -`/kernels/${name}`.length);
    const variable = platform === 'win32' ? '$env:JUPYTER_PATH = ' : 'JUPYTER_PATH=';
    return `Jupyter does not look there by itself. Tell it: ${variable}"${share}"`;
  }
  if (found.hiddenBy) return `But Jupyter takes the kernel in ${found.hiddenBy}, which comes first.`;
  return `Try it: jupyter console --kernel ${name}`;
}

/** The lines of `kernel list`. */
export function describeList(folders: readonly ListedFolder[]): string[] {
  const lines = ['Jupyter looks for kernels in these folders; the first that has a name wins.'];
  for (const { folder, origin, specs } of folders) {
    lines.push('', `${folder}  (${origin})`);
    for (const spec of specs) {
      lines.push(`  ${spec.name}: ${spec.spec.display_name ?? '?'}${spec.isOurs ? '' : ', which is not learnable'}`);
      if (spec.fault)
        lines.push(`    ✗ ${spec.fault}.${isOursToMend(spec) ? ` Mend it: ${mend(spec, { folder, origin })}` : ''}`);
      if (spec.hiddenBy) lines.push(`    hidden by ${spec.hiddenBy}`);
      else if (!spec.fault) lines.push(spec.isOurs ? `    ✓ used${ofAnotherCopy(spec)}` : '    used by Jupyter');
    }
  }
  const ours = folders.some(({ specs }) => specs.some(spec => spec.isOurs));
  if (!ours) lines.push('', 'learnable is in none of them. Install it: learnable kernel install --user');
  return lines;
}

/** Of a kernel of another make one can say only that it is broken; what cannot be read is nobody's any more. */
function isOursToMend({ isOurs, spec }: ListedSpec): boolean {
  return isOurs || !Array.isArray(spec.argv);
}

function ofAnotherCopy({ spec }: ListedSpec): string {
  const other = otherCopy(spec);
  return other === undefined ? '' : `; it is the kernel of another copy: ${other}`;
}

function mend({ name, isOurs }: ListedSpec, { folder, origin }: Pick<ListedFolder, 'folder' | 'origin'>): string {
  const named = `${name === SPEC_NAME ? '' : ` --name ${name}`}${isOurs ? '' : ' --force'}`;
  const prefix = /^(.+)[\\/]share[\\/]jupyter[\\/]kernels$/.exec(folder)?.[1];
  if (origin === 'user') return `learnable kernel install --user${named}`;
  if (origin === 'environment') return `learnable kernel install --sys-prefix${named}`;
  if (prefix !== undefined) return `learnable kernel install --prefix "${prefix}"${named}`;
  return `delete that folder, then learnable kernel install --user${named}`;
}

function withPlace(command: Command): Command {
  return command
    .option('--user', 'for this user (the default)')
    .option('--sys-prefix', 'in the active Python environment')
    .option('--prefix <folder>', 'under this folder: share/jupyter/kernels/tslab')
    .option('--name <name>', 'under another name than tslab, beside a kernel that has it');
}

function toDisplayName(name: string): string {
  if (name.trim() === '') throw new InvalidArgumentError('Expected a name to show.');
  return name;
}

function toEnv(assignment: string, others: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(assignment) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Expected NAME=value.');
  return { ...others, [name]: value! };
}
