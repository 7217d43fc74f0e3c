import type { Command } from 'commander';
import { findKernelSpec, installKernelSpec, type SpecLocation, uninstallKernelSpec } from '../kernel/spec/index.ts';

export function addKernel(program: Command): void {
  const kernel = program.command('kernel').description('make the kernel available to any Jupyter');

  withLocation(kernel.command('install'))
    .description('write the kernelspec, so that JupyterLab, nbconvert, VS Code … find the kernel')
    .option('--force', 'replace a kernel of the same name that is not ours')
    .action((flags: SpecLocation & { force?: boolean }) => {
      console.log(`Installed the kernel "tslab" in ${installKernelSpec(flags)}`);
      console.log('Try it: jupyter console --kernel tslab');
    });

  withLocation(kernel.command('uninstall'))
    .description('take the kernelspec away again')
    .action((flags: SpecLocation) => {
      console.log(`Removed the kernel "tslab" from ${uninstallKernelSpec(flags)}`);
    });

  withLocation(kernel.command('list'))
    .description('show where the kernel is installed')
    .action((flags: SpecLocation) => {
      const found = findKernelSpec(flags);
      if (!found) console.log('Not installed there. Install it with: learnable kernel install --user');
      else console.log(`${found.folder}${found.isOurs ? '' : '   (another kernel, not learnable)'}`);
    });
}

function withLocation(command: Command): Command {
  return command
    .option('--user', 'for this user (the default)')
    .option('--sys-prefix', 'in the active Python environment')
    .option('--prefix <folder>', 'under this folder: share/jupyter/kernels/tslab');
}
