import type { Command } from 'commander';
import colour from 'picocolors';
import { verifyCourse } from '../course/index.ts';
import { findExercise, listExercises } from '../grader/index.ts';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('prove the exercises: every stub fails, every solution passes, every mutant is caught and explained')
    .argument('[exercise...]', 'only these; all without it, and the notebooks too')
    .action(async (names: string[]) => {
      const only = names.map(name => findExercise(name).id);
      const total = only.length || listExercises().length;
      let begun = 0;
      const findings = await verifyCourse({
        ...(only.length > 0 ? { only } : {}),
        onProgress: where => console.log(colour.dim(`[${++begun}/${total}] ${where}`)),
      });
      for (const { where, message } of findings) console.log(`${colour.red('✗')} ${colour.bold(where)}: ${message}`);
      if (findings.length > 0) process.exitCode = 1;
      else
        console.log(
          `${colour.green('✓')} ${total} exercises: stubs fail, solutions pass, mutants are caught and explained`,
        );
    });
}
