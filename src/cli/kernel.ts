import type { Command } from 'commander';
import { installKernelSpec, listKernelSpecs, uninstallKernelSpec } from '../kernel/spec/index.ts';

interface Place {
  user?: boolean;
  sysPrefix?: boolean;
  prefix?: string;
}

export function addKernel(program: Command): void {
  const kernel = program.command('kernel').description('make the kernel available to any Jupyter');

  withPlace(kernel.command('install'))
    .description('write the kernelspec, so that JupyterLab, nbconvert, VS Code … find the kernel')
    .option('--force', 'replace a kernel of the same name that is not ours')
    .action(async (flags: Place & { force?: boolean }) => {
      const { directory, replaced } = await installKernelSpec(flags);
      console.log(`${replaced ? 'Replaced' : 'Installed'} the kernel "tslab" in ${directory}`);
      console.log('Try it: jupyter console --kernel tslab');
    });

  withPlace(kernel.command('uninstall'))
    .description('take the kernelspec away again')
    .action(async (flags: Place) => {
      const { directory } = await uninstallKernelSpec(flags);
      console.log(`Removed the kernel "tslab" from ${directory}`);
    });

  kernel
    .command('list')
    .description('show where the kernel is installed')
    .action(async () => {
      const found = await listKernelSpecs();
      if (found.length === 0) console.log('Not installed. Install it with: learnable kernel install --user');
      for (const { directory, ours } of found) console.log(`${directory}${ours ? '' : '   (not ours)'}`);
    });
}

function withPlace(command: Command): Command {
  return command
    .option('--user', 'for this user (the default)')
    .option('--sys-prefix', 'in the active Python environment')
    .option('--prefix <folder>', 'under this folder: share/jupyter/kernels/tslab');
}
