import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addCheck } from './check.ts';
import { addCourse } from './course.ts';
import { addKernel } from './kernel.ts';
import { addLab } from './lab.ts';
import { reportFailure } from './report-failure.ts';
import { addRun } from './run.ts';
import { addVerify } from './verify.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Runs one command line; sets the process's exit code: 0 done, 1 something failed, 2 wrong use. */
export async function main(args: readonly string[]): Promise<void> {
  const program = new Command('learnable')
    .description('How AI models are trained, in TypeScript: the lab, its kernel, and the exercises.')
    .version(version)
    .showHelpAfterError('(learnable --help shows what there is)')
    .exitOverride();
  addLab(program);
  addKernel(program);
  addRun(program);
  addCheck(program);
  addVerify(program);
  addCourse(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}
